namespace LiveCam.Platform;

public enum WindowEventKind
{
    /// <summary>A key went down (or repeats while held): Key, Modifiers, IsRepeat.</summary>
    KeyDown,
    /// <summary>A key went up: Key, Modifiers.</summary>
    KeyUp,
    /// <summary>A character was typed, after keyboard layout and dead keys: Character.</summary>
    Text,
    /// <summary>The mouse is at X, Y.</summary>
    MouseMove,
    /// <summary>A mouse button went down at X, Y: Button, Modifiers.</summary>
    MouseDown,
    /// <summary>A mouse button went up at X, Y: Button, Modifiers.</summary>
    MouseUp,
    /// <summary>The mouse left the window.</summary>
    MouseLeave,
    /// <summary>The wheel turned at X, Y by DeltaX, DeltaY notches; up and left are positive.</summary>
    Scroll,
    /// <summary>The framebuffer now has Width x Height pixels; 0x0 while minimised on some systems.</summary>
    Resize,
    /// <summary>The content scale changed; ask the window for it.</summary>
    ScaleChange,
    /// <summary>The window lost the keyboard: keys held down will not be reported up.</summary>
    FocusLost,
    /// <summary>A file was dropped on the window: Path.</summary>
    Drop,
    /// <summary>The user asked to close the window; it stays open until it is disposed of.</summary>
    Close,
}

/// <summary>Something that happened to a window. Positions are framebuffer pixels from the top left corner.</summary>
public readonly record struct WindowEvent(WindowEventKind Kind)
{
    public Key Key { get; init; }
    public Modifiers Modifiers { get; init; }
    public bool IsRepeat { get; init; }
    public System.Text.Rune Character { get; init; }
    public MouseButton Button { get; init; }
    public float X { get; init; }
    public float Y { get; init; }
    public float DeltaX { get; init; }
    public float DeltaY { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public string? Path { get; init; }
}

[Flags]
public enum Modifiers
{
    None = 0,
    Shift = 1,
    Control = 2,
    Alt = 4,
    Super = 8,
}

public enum MouseButton
{
    Left,
    Right,
    Middle,
}

/// <summary>
/// A key by its place on a US keyboard, whatever is printed on it. The values are GLFW's key tokens, which both window
/// libraries deliver; keys without a name here arrive with their number.
/// </summary>
public enum Key
{
    Unknown = -1,
    Space = 32, Apostrophe = 39, Comma = 44, Minus, Period, Slash,
    D0 = 48, D1, D2, D3, D4, D5, D6, D7, D8, D9,
    Semicolon = 59, Equal = 61,
    A = 65, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z,
    LeftBracket = 91, Backslash, RightBracket, GraveAccent = 96,
    Escape = 256, Enter, Tab, Backspace, Insert, Delete, Right, Left, Down, Up, PageUp, PageDown, Home, End,
    CapsLock = 280, ScrollLock, NumLock, PrintScreen, Pause,
    F1 = 290, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12,
    Keypad0 = 320, Keypad1, Keypad2, Keypad3, Keypad4, Keypad5, Keypad6, Keypad7, Keypad8, Keypad9,
    KeypadDecimal, KeypadDivide, KeypadMultiply, KeypadSubtract, KeypadAdd, KeypadEnter, KeypadEqual,
    LeftShift = 340, LeftControl, LeftAlt, LeftSuper, RightShift, RightControl, RightAlt, RightSuper, Menu,
}
