using LiveCam.Input;

namespace LiveCam.Loop;

/// <summary>Where keys and mouse go: the page that is open, and the text that is typed. Published by whoever takes the keys; pages open and close themselves here.</summary>
public sealed class Focus
{
    /// <summary>The plugin whose page covers the picture; null where none does.</summary>
    public Plugin? Page { get; private set; }

    /// <summary>What a person is typing; keys go there and not to commands. Null where nobody types.</summary>
    public TextEntry? Entry { get; set; }

    public bool IsOn(Plugin page) => Page == page;

    /// <summary>Opens a page in place of another, or closes it.</summary>
    public void Toggle(Plugin page) => Page = Page == page ? null : page;

    public void Close() => (Page, Entry) = (null, null);
}
