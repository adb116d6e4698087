namespace LiveCam.Tests.Platform;

/// <summary>Tests that open windows take turns: the library behind a window is for one thread at a time. <c>[Collection(WindowCollection.Name)]</c>.</summary>
[CollectionDefinition(Name)]
public sealed class WindowCollection
{
    public const string Name = "windows";
}
