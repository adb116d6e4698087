using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Tests;

/// <summary>
/// Which way the parts lean. The engine is read by reflection, signatures and instructions; the program, which these tests do not
/// load, by its source.
/// </summary>
public sealed partial class ArchitectureTests
{
    /// <summary>What each folder of the engine may need beside itself. Compiler, at the root, knows both sides.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Tensors"] = [],
        ["Kernels"] = [],
        ["Graphs"] = ["Tensors"],
        ["Planning"] = ["Graphs", "Tensors"],
        ["Devices.Cpu"] = ["Planning", "Graphs", "Tensors"],
        ["Devices.Gl"] = ["Planning", "Graphs", "Tensors", "Devices.Cpu"],
        ["Ops"] = ["Graphs", "Kernels", "Tensors"],
        ["Passes"] = ["Ops", "Graphs", "Tensors"],
        ["Onnx"] = ["Onnx.Proto", "Graphs", "Tensors", ""],
        ["Onnx.Proto"] = [],
        ["Text"] = [],
        ["Vision"] = ["Graphs", "Tensors", "Text"],
        ["Pictures"] = ["Onnx", "Vision", "Models", "Training.Heads", "Graphs", "Planning", "Tensors", ""],
        ["Hosting"] = ["Pictures", "Training.Heads", "Vision", "Devices.Cpu", "Devices.Gl", "Planning", "Graphs", "Tensors", ""],
        ["Explaining"] = ["Pictures", "Training.Heads", "Passes", "Models", "Ops", "Graphs", "Planning", "Vision", "Tensors", ""],
        ["Data"] = ["Training.Augmentation", "Vision", "Tensors", "Text"],
        ["Training.Augmentation"] = ["Vision"],
        ["Training.Metrics"] = [],
        ["Models"] = ["Ops", "Graphs", "Tensors"],
        ["Training"] = ["Passes", "Ops", "Graphs", "Planning", "Tensors", ""],
        ["Training.Heads"] = [],
        ["Training.Taught"] = ["Training.Heads", "Models", "Graphs", "Tensors"],
        [""] = ["Passes", "Planning", "Devices.Cpu", "Graphs", "Tensors"],
    };

    /// <summary>Single types that are words of the language rather than parts: everybody may say them.</summary>
    private static readonly HashSet<Type> Words = [typeof(LiveCamException), typeof(PlainFile), typeof(Limits), typeof(VectorWidth), typeof(VectorWidths), typeof(Activation), typeof(ActivationKind)];

    /// <summary>What stands above all rooms for whoever uses the engine as a library: it may need any of them, and none needs it.</summary>
    private static readonly HashSet<Type> Doors = [typeof(ImageClassifier), typeof(ClassifierOptions), typeof(PictureAnswer), typeof(TensorNetwork), typeof(DeviceChoice)];

    private static Assembly Engine => typeof(Op).Assembly;

    [Fact]
    public void Every_folder_of_the_engine_needs_only_what_its_arrows_point_at()
    {
        var wrong = new SortedSet<string>();
        foreach (Type type in Engine.GetTypes().Where(type => type.Namespace?.StartsWith("LiveCam.Engine", StringComparison.Ordinal) == true))
            foreach (Type needed in Dependencies.Of(type))
            {
                string from = Folder(type), to = Folder(needed);
                // Of the operators, reading files needs the one table.
                bool table = from == "Onnx" && needed == typeof(OpSet);
                if (Doors.Contains(needed) && from is not ("" or "Hosting") || from != to && !Doors.Contains(type.DeclaringType ?? type) && !Words.Contains(needed) && !table && !Arrows[from].Contains(to))
                    wrong.Add($"{type.FullName} needs {needed.FullName}");
            }
        Assert.Equal([], wrong);
    }

    [Fact]
    public void Every_arrow_is_used()
    {
        var used = Engine.GetTypes().Where(type => type.Namespace?.StartsWith("LiveCam.Engine", StringComparison.Ordinal) == true)
            .SelectMany(type => Dependencies.Of(type).Select(needed => $"{Folder(type)} -> {Folder(needed)}")).ToHashSet();
        Assert.Equal([], Arrows.SelectMany(pair => pair.Value.Select(to => $"{pair.Key} -> {to}")).Where(arrow => !used.Contains(arrow)));
    }

    [Fact]
    public void The_page_shows_the_rooms_as_they_are()
    {
        string page = Path.Combine(Requirements.Root, "docs", "architecture.md");
        string text = File.ReadAllText(page).ReplaceLineEndings("\n");
        string drawn = MermaidGraph().Replace(text, _ => $"```mermaid\n{Picture()}```");
        if (Environment.GetEnvironmentVariable("LIVECAM_REDRAW") is not null)
            File.WriteAllText(page, drawn);
        else
            Assert.Equal(drawn, text);
    }

    /// <summary>The rooms with the types that are named in them, and the arrows between.</summary>
    private static string Picture()
    {
        var picture = new StringBuilder("graph LR\n");
        foreach (IGrouping<string, Type> room in Engine.GetTypes().Where(type => !type.IsNested && type.Namespace?.StartsWith("LiveCam.Engine", StringComparison.Ordinal) == true)
            .GroupBy(Folder).OrderBy(room => room.Key, StringComparer.Ordinal))
            picture.Append($"    {Name(room.Key)}[\"{(room.Key == "" ? "Compiler" : room.Key)} ({room.Count()})\"]\n");
        foreach ((string from, string[] needed) in Arrows.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            foreach (string to in needed.Order(StringComparer.Ordinal))
                picture.Append($"    {Name(from)} --> {Name(to)}\n");
        return picture.ToString();

        static string Name(string room) => room == "" ? "Compiler" : room.Replace(".", "");
    }

    [Fact]
    public void Outside_operators_passes_networks_training_and_explaining_no_code_of_the_engine_names_an_operator()
    {
        var wrong = new SortedSet<string>();
        foreach (Type type in Engine.GetTypes().Where(type => Folder(type) is not ("Ops" or "Passes" or "Models" or "Training" or "Explaining")))
            foreach (Type needed in Dependencies.Of(type).Where(needed => needed.IsSubclassOf(typeof(Op))))
                wrong.Add($"{type.FullName} names {needed.Name}");
        Assert.Equal([], wrong);
    }

    [Fact]
    public void The_program_names_no_operator()
    {
        string[] operators = [.. Engine.GetTypes().Where(type => type.IsSubclassOf(typeof(Op))).Select(type => type.Name.Split('`')[0])];
        var wrong = new SortedSet<string>();
        foreach ((string file, string code) in Sources("src/LiveCam").Where(source => source.Code.Contains("LiveCam.Engine.Ops")))
            foreach (string name in operators.Where(name => Regex.IsMatch(code, $@"\b(new|is|case|typeof\()\s*{name}\b")))
                wrong.Add($"{file} names {name}");
        Assert.Equal([], wrong);
    }

    [Fact]
    public void The_engine_knows_no_window_and_no_camera()
    {
        Assert.DoesNotContain(Engine.GetReferencedAssemblies(), name => Forbidden().IsMatch(name.Name!));
        Assert.Equal([], Sources("src/Engine").Where(source => Forbidden().IsMatch(source.Code)).Select(source => source.File));
        string[] rooms = [Path.Combine("src", "Engine", "Devices", "Gl"), Path.Combine("src", "Engine", "Hosting")];
        Assert.Equal([], Sources("src/Engine").Where(source => source.Code.Contains("Silk.NET.OpenGL") && !rooms.Contains(Path.GetDirectoryName(source.File))).Select(source => source.File));
    }

    [Fact]
    public void Only_the_platform_names_the_libraries_behind_its_seam()
    {
        string platform = Path.Combine("src", "LiveCam", "Platform");
        Assert.Equal([], Sources("src/LiveCam").Where(source => !source.File.StartsWith(platform, StringComparison.Ordinal) && Forbidden().IsMatch(source.Code)).Select(source => source.File));
        // And the packages only the folders of their adapters.
        string[] named = [.. Sources("src/LiveCam").Where(source => Packages().IsMatch(source.Code)).Select(source => Path.GetDirectoryName(source.File)!).Distinct()];
        Assert.Equal([Path.Combine(platform, "Glfw", "Silk"), Path.Combine(platform, "OpenCv")], named.Order(StringComparer.Ordinal));
    }

    /// <summary>The rooms of the program: each needs only those before it, so there is no circle.</summary>
    private static readonly string[] Rooms = ["Text", "Platform", "Ui", "Input", "Loop", "Networks", "Reports", "TrainingRuns", "Teaching", "Recording", "Plugins", "Commands"];

    [Fact]
    public void Every_room_of_the_program_needs_only_rooms_before_it()
    {
        string root = Path.Combine(Requirements.Root, "src", "LiveCam");
        Assert.Equal(Rooms.Order(), Directory.GetDirectories(root).Select(Path.GetFileName).Except(["Assets", "bin", "obj"]).Order());
        var wrong = new SortedSet<string>();
        for (int i = 0; i < Rooms.Length; i++)
            foreach ((string file, string code) in Sources(Path.Combine("src", "LiveCam", Rooms[i])))
            {
                // Everybody may say LiveCam.Loop without a using, so what stands before it is looked at for what only it has.
                string[] named = [.. RoomUse().Matches(code).Select(match => match.Groups[1].Value), .. LoopWord().IsMatch(code) ? ["Loop"] : Array.Empty<string>()];
                foreach (string other in named.Where(other => Array.IndexOf(Rooms, other) > i)) wrong.Add($"{file} uses LiveCam.{other}");
            }
        Assert.Equal([], wrong);
    }

    [Fact]
    public void Every_plugin_has_a_folder_of_its_own()
    {
        var outside = Sources("src/LiveCam").Where(source => PluginClass().Matches(source.Code).Any(match => source.Code[match.Index..].StartsWith("class", StringComparison.Ordinal)))
            .Select(source => source.File).Where(file => !file.StartsWith(Path.Combine("src", "LiveCam", "Plugins"), StringComparison.Ordinal));
        // The window's two ends belong to the window, and a measurement brings its own.
        Assert.Equal([Path.Combine("src", "LiveCam", "Commands", "TrainingBench.cs"), Path.Combine("src", "LiveCam", "Loop", "WindowHost.cs")], outside.Order(StringComparer.Ordinal));
    }

    /// <summary>Frame is how plugins hear of each other.</summary>
    [Fact]
    public void Plugins_name_no_other_plugin()
    {
        var wrong = new SortedSet<string>();
        (string File, string Code)[] sources = [.. Sources("src/LiveCam/Plugins")];
        string[] plugins = [.. sources.SelectMany(source => PluginClass().Matches(source.Code).Select(match => match.Groups[1].Value)).Distinct()];
        Assert.NotEmpty(plugins);
        foreach ((string file, string code) in sources)
        {
            string own = Path.GetFileName(Path.GetDirectoryName(file)!);
            foreach (Match match in PluginFolder().Matches(code))
                if (match.Groups[1].Value is var other && other != own)
                    wrong.Add($"{file} uses LiveCam.Plugins.{other}");
            foreach (string plugin in plugins.Where(plugin => !Regex.IsMatch(code, $@"\bclass {plugin}\b") && Regex.IsMatch(code, $@"\b{plugin}\b")))
                if (!sources.Any(source => Path.GetDirectoryName(source.File) == Path.GetDirectoryName(file) && Regex.IsMatch(source.Code, $@"\bclass {plugin}\b")))
                    wrong.Add($"{file} names {plugin}");
        }
        Assert.Equal([], wrong);
    }

    private static string Folder(Type type) => type.Namespace is "LiveCam.Engine" or null ? "" : type.Namespace["LiveCam.Engine.".Length..];

    /// <summary>Source files below a folder, comments and texts left out.</summary>
    private static IEnumerable<(string File, string Code)> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Requirements.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(file => (Path.GetRelativePath(Requirements.Root, file), CommentOrText().Replace(File.ReadAllText(file), "")));

    [GeneratedRegex("opencv|glfw|silk\\.net(?!\\.(opengl|core))", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\busing (OpenCvSharp|Silk\.NET\.(?!OpenGL))")]
    private static partial Regex Packages();

    [GeneratedRegex(@"(?:\busing |\b)LiveCam\.(\w+)")]
    private static partial Regex RoomUse();

    [GeneratedRegex(@"\b(PluginList|PluginSlot|LiveCamApp|KeyCommand|KeyTable|SettingsStore|Handler\.Of)\b")]
    private static partial Regex LoopWord();

    [GeneratedRegex(@"class (\w+)[^{;]*:\s*Plugin\b")]
    private static partial Regex PluginClass();

    [GeneratedRegex(@"(?<![\w.])(?:LiveCam\.)?Plugins\.(\w+)")]
    private static partial Regex PluginFolder();

    [GeneratedRegex("```mermaid\n.*?```", RegexOptions.Singleline)]
    private static partial Regex MermaidGraph();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""(?:\\.|[^""\\\n])*""", RegexOptions.Singleline)]
    private static partial Regex CommentOrText();
}
