using System.Text;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Platform;

namespace LiveCam.Input;

/// <summary>
/// An event and when it happens, as one JSON object: <c>{"at":1.5,"event":"key","key":"Right","shift":true}</c>. The events are key, keyup, text,
/// move, down, up, leave, scroll, resize, scale, blur, drop and close; positions are pixels of the composed picture.
/// </summary>
/// <param name="At">In the loop's time.</param>
/// <param name="Frame">In a recording: the number of the newest picture when it happened, -1 before the first; else null.</param>
/// <param name="Step">In a recording: 0 in the tick of that picture, 1 in the next tick that had events, and so on.</param>
internal readonly record struct ScriptLine(TimeSpan At, long? Frame, int Step, WindowEvent Event)
{
    private static readonly (string Name, WindowEventKind Kind)[] Kinds =
    [
        ("key", WindowEventKind.KeyDown), ("keyup", WindowEventKind.KeyUp), ("text", WindowEventKind.Text), ("move", WindowEventKind.MouseMove),
        ("down", WindowEventKind.MouseDown), ("up", WindowEventKind.MouseUp), ("leave", WindowEventKind.MouseLeave), ("scroll", WindowEventKind.Scroll),
        ("resize", WindowEventKind.Resize), ("scale", WindowEventKind.ScaleChange), ("blur", WindowEventKind.FocusLost), ("drop", WindowEventKind.Drop),
        ("close", WindowEventKind.Close),
    ];

    private static readonly (string Name, Modifiers Flag)[] Flags =
        [("shift", Modifiers.Shift), ("control", Modifiers.Control), ("alt", Modifiers.Alt), ("super", Modifiers.Super)];

    /// <summary>Writes the fields of the line's object. What is zero is left out.</summary>
    public void Write(Utf8JsonWriter json)
    {
        WindowEvent happened = Event;
        json.WriteNumber("at", Seconds(At));
        if (Frame is { } frame)
        {
            json.WriteNumber("frame", frame);
            json.WriteNumber("step", Step);
        }
        json.WriteString("event", Array.Find(Kinds, kind => kind.Kind == happened.Kind).Name);
        bool isMouse = Event.Kind is WindowEventKind.MouseDown or WindowEventKind.MouseUp;
        if (Event.Kind is WindowEventKind.KeyDown or WindowEventKind.KeyUp)
        {
            if (Enum.IsDefined(Event.Key)) json.WriteString("key", Event.Key.ToString());
            else json.WriteNumber("key", (int)Event.Key);
        }
        foreach ((string name, Modifiers flag) in Flags)
            if ((Event.Modifiers & flag) != 0) json.WriteBoolean(name, true);
        if (Event.IsRepeat) json.WriteBoolean("repeat", true);
        if (Event.Kind == WindowEventKind.Text) json.WriteString("text", Event.Character.ToString());
        if (isMouse) json.WriteString("button", Event.Button.ToString());
        if (isMouse || Event.Kind is WindowEventKind.MouseMove or WindowEventKind.Scroll)
        {
            json.WriteNumber("x", Event.X);
            json.WriteNumber("y", Event.Y);
        }
        if (Event.Kind == WindowEventKind.Scroll)
        {
            json.WriteNumber("dx", Event.DeltaX);
            json.WriteNumber("dy", Event.DeltaY);
        }
        if (Event.Kind == WindowEventKind.Resize)
        {
            json.WriteNumber("width", Event.Width);
            json.WriteNumber("height", Event.Height);
        }
        if (Event.Path is { } path) json.WriteString("path", path);
    }

    /// <param name="text">One JSON object.</param>
    /// <param name="where">The file and line, for errors.</param>
    /// <exception cref="LiveCamException">It is no event.</exception>
    public static ScriptLine Parse(string text, string where)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object) throw new FormatException("it is no JSON object");
            string name = Required(json, "event").GetString() ?? "";
            if (!Array.Exists(Kinds, kind => kind.Name == name))
                throw new FormatException($"there is no event \"{name}\"; the events are {string.Join(", ", Kinds.Select(kind => kind.Name))}");
            WindowEventKind kind = Array.Find(Kinds, kind => kind.Name == name).Kind;
            decimal at = Required(json, "at").GetDecimal();
            if (at is < 0 or > 1_000_000_000) throw new FormatException($"\"at\" is {at}, but has to be seconds from 0 on");
            return new(TimeSpan.FromTicks((long)(at * TimeSpan.TicksPerSecond)), json.TryGetProperty("frame", out JsonElement frame) ? frame.GetInt64() : null,
                json.TryGetProperty("step", out JsonElement step) ? step.GetInt32() : 0, new WindowEvent(kind)
                {
                    Key = kind is WindowEventKind.KeyDown or WindowEventKind.KeyUp ? KeyOf(Required(json, "key")) : default,
                    Modifiers = Flags.Aggregate(Modifiers.None, (flags, one) => json.TryGetProperty(one.Name, out JsonElement held) && held.GetBoolean() ? flags | one.Flag : flags),
                    IsRepeat = json.TryGetProperty("repeat", out JsonElement repeat) && repeat.GetBoolean(),
                    Character = kind == WindowEventKind.Text ? RuneOf(Required(json, "text")) : default,
                    Button = json.TryGetProperty("button", out JsonElement button) ? ButtonOf(button) : default,
                    X = Number(json, "x"),
                    Y = Number(json, "y"),
                    DeltaX = Number(json, "dx"),
                    DeltaY = Number(json, "dy"),
                    Width = (int)Number(json, "width"),
                    Height = (int)Number(json, "height"),
                    Path = kind == WindowEventKind.Drop ? Required(json, "path").GetString() ?? throw new FormatException("\"path\" is null, but has to be a file's") : null,
                });
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            string reason = error is JsonException ? "it is no JSON" : error.Message.TrimEnd('.');
            throw new LiveCamException($"Reading the events of {where}: {reason}; an event is written like {{\"at\":1.5,\"event\":\"key\",\"key\":\"Right\",\"shift\":true}}.", error);
        }
    }

    /// <summary>Exact: a tick of the clock is the seventh digit.</summary>
    public static decimal Seconds(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerSecond;

    private static JsonElement Required(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"the field \"{name}\" is missing");

    private static float Number(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetSingle() : 0;

    private static Key KeyOf(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Number) return (Key)json.GetInt32();
        string name = json.GetString() ?? "";
        // Digits as people write them.
        if (name.Length == 1 && char.IsAsciiDigit(name[0])) name = "D" + name;
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name[0] != '-' && Enum.TryParse(name, ignoreCase: true, out Key key) ? key
            : throw new FormatException($"there is no key \"{name}\"");
    }

    private static MouseButton ButtonOf(JsonElement json) =>
        Enum.TryParse(json.GetString(), ignoreCase: true, out MouseButton button) && Enum.IsDefined(button) ? button
            : throw new FormatException($"there is no mouse button \"{json.GetString()}\"");

    private static Rune RuneOf(JsonElement json) =>
        json.GetString() is { } text && Rune.TryGetRuneAt(text + "\0", 0, out Rune rune) && rune.Utf16SequenceLength == text.Length ? rune
            : throw new FormatException($"\"text\" is \"{json.GetString()}\", but has to be one character");
}
