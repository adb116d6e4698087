namespace LiveCam.Tests;

/// <summary>Tests of what a process as a whole does: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
