using System.Reflection;
using System.Runtime.Loader;
using LiveCam.Engine;
using LiveCam.Text;
using System.Diagnostics;

namespace LiveCam.Loop.Loading;

/// <summary>
/// A class library with plugins, in a load context of its own. It is read into memory, so its file can be replaced. What it shares with the
/// program (LiveCam, LiveCam.Engine and .NET) is the program's; other libraries it needs lie beside it.
/// </summary>
public sealed class PluginLibrary : IDisposable
{
    private readonly Context context;

    private PluginLibrary(Context context, IReadOnlyList<Plugin> plugins) => (this.context, Plugins) = (context, plugins);

    /// <summary>One of each public plugin class, in the order of their names. The loop loads and unloads them.</summary>
    public IReadOnlyList<Plugin> Plugins { get; private set; }

    /// <summary>Loads a library and makes its plugins.</summary>
    /// <exception cref="LiveCamException">It is no .NET library, holds no plugin, or was built for another version of the contract.</exception>
    public static PluginLibrary Load(string file)
    {
        var context = new Context(file);
        try
        {
            Assembly assembly = context.Read(file);
            return new(context, Make(assembly, file));
        }
        catch (Exception error)
        {
            context.Unload();
            throw error switch
            {
                LiveCamException => error,
                BadImageFormatException => new LiveCamException($"Loading plugins from \"{file}\": it is no .NET class library; build one that references LiveCam.", error),
                IOException or UnauthorizedAccessException => new LiveCamException($"Loading plugins from \"{file}\": {error.Message.TrimEnd('.')}.", error),
                _ => new LiveCamException($"Loading plugins from \"{file}\": {Reason(error)}.", error),
            };
        }
    }

    /// <summary>The file name of the library whose code threw an exception; null where it was none's.</summary>
    internal static string? Of(Exception error)
    {
        foreach (StackFrame frame in new StackTrace(error).GetFrames())
            if (frame.GetMethod()?.Module.Assembly is { } assembly && AssemblyLoadContext.GetLoadContext(assembly) is Context context) return context.Name;
        return null;
    }

    /// <summary>Gives the context up; it is collected when nobody uses the plugins any more.</summary>
    public void Dispose()
    {
        Plugins = [];
        context.Unload();
    }

    private static List<Plugin> Make(Assembly assembly, string file)
    {
        Type[] types = [.. assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Plugin)) && !type.IsAbstract).OrderBy(type => type.FullName, StringComparer.Ordinal)];
        if (types.Length == 0)
            throw new LiveCamException($"Loading plugins from \"{file}\": it holds no public class that derives from {typeof(Plugin).FullName}; libraries that plugins need go into a folder with them (plugins/NAME/NAME.dll).");
        int? built = assembly.GetCustomAttribute<PluginContract>()?.Built;
        if (built != PluginContract.Version)
            throw new LiveCamException($"Loading plugins from \"{file}\": it was built for {(built is null ? "no stated version" : $"version {built}")} of the plugin contract, "
                + $"but this program has version {PluginContract.Version}; build it against this program, with [assembly: PluginContract(PluginContract.Version)].");
        var site = new PluginSite(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return [.. types.Select(type => Make(type, site, file))];
    }

    private static Plugin Make(Type type, PluginSite site, string file)
    {
        if (type.GetConstructor([typeof(PluginSite)]) is { } placed) return (Plugin)placed.Invoke([site]);
        if (type.GetConstructor([]) is { } plain) return (Plugin)plain.Invoke([]);
        throw new LiveCamException($"Loading plugins from \"{file}\": {type.FullName} has no public constructor without parameters or with a {nameof(PluginSite)}; give it one.");
    }

    private static string Reason(Exception error)
    {
        while (error is TargetInvocationException && error.InnerException is { } inner) error = inner;
        return $"{error.GetType().Name}: {Sentences.OneLine(error.Message).TrimEnd('.')}";
    }

    private sealed class Context(string file) : AssemblyLoadContext(Path.GetFileName(file), isCollectible: true)
    {
        private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;

        public Assembly Read(string path)
        {
            using var library = new MemoryStream(File.ReadAllBytes(path));
            string symbols = Path.ChangeExtension(path, ".pdb");
            if (!File.Exists(symbols)) return LoadFromStream(library);
            using var debug = new MemoryStream(File.ReadAllBytes(symbols));
            return LoadFromStream(library, debug);
        }

        // Null is the default context, which has the program and .NET.
        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name == typeof(Plugin).Assembly.GetName().Name) return typeof(Plugin).Assembly;
            if (name.Name == typeof(LiveCamException).Assembly.GetName().Name) return typeof(LiveCamException).Assembly;
            string beside = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(beside) ? Read(beside) : null;
        }
    }
}
