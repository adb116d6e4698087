using System.Reflection;
using System.Reflection.Emit;
using LiveCam.Loop.Loading;

namespace LiveCam.Tests.Plugins;

/// <summary>Small class libraries, written by the test: what somebody might drop into the folder.</summary>
internal static class EmittedLibrary
{
    /// <summary>Writes a library with one public plugin.</summary>
    /// <param name="name">What the plugin calls itself.</param>
    /// <param name="contract">Null leaves the attribute out.</param>
    /// <param name="failsAt">The method that throws: "Update", "Unload" or ".ctor".</param>
    /// <param name="reads">What it says it reads; null for nothing.</param>
    /// <param name="loops">Whether its update never returns.</param>
    public static void Write(string file, string name, int? contract = PluginContract.Version, string? failsAt = null, Type? reads = null, bool loops = false)
    {
        PersistedAssemblyBuilder assembly = Begin(file);
        if (contract is { } version)
            assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(PluginContract).GetConstructor([typeof(int)])!, [version]));
        TypeBuilder type = assembly.DefineDynamicModule("library").DefineType("Emitted", TypeAttributes.Public | TypeAttributes.Sealed, typeof(Plugin));
        ILGenerator constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, []).GetILGenerator();
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Call, typeof(Plugin).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        End(constructor, failsAt == ".ctor");
        Override(type, "get_Name", typeof(string), il => il.Emit(OpCodes.Ldstr, name));
        if (reads is not null)
            Override(type, "get_Reads", typeof(IReadOnlyList<Type>), il =>
            {
                // new Type[] { typeof(reads) }
                il.Emit(OpCodes.Ldc_I4_1);
                il.Emit(OpCodes.Newarr, typeof(Type));
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Ldtoken, reads);
                il.Emit(OpCodes.Call, typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!);
                il.Emit(OpCodes.Stelem_Ref);
            });
        Override(type, "Update", typeof(void), il =>
        {
            if (!loops) return;
            Label again = il.DefineLabel();
            il.MarkLabel(again);
            il.Emit(OpCodes.Br, again);
        }, failsAt == "Update", typeof(Frame));
        Override(type, "Unload", typeof(void), _ => { }, failsAt == "Unload");
        type.CreateType();
        Save(assembly, file);
    }

    /// <summary>Writes a library that holds no plugin.</summary>
    public static void WriteWithoutPlugin(string file)
    {
        PersistedAssemblyBuilder assembly = Begin(file);
        assembly.DefineDynamicModule("library").DefineType("Nothing", TypeAttributes.Public).CreateType();
        Save(assembly, file);
    }

    private static PersistedAssemblyBuilder Begin(string file) => new(new AssemblyName(Path.GetFileNameWithoutExtension(file)), typeof(object).Assembly);

    private static void Override(TypeBuilder type, string name, Type returns, Action<ILGenerator> body, bool fails = false, params Type[] parameters)
    {
        const MethodAttributes attributes = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;
        ILGenerator il = type.DefineMethod(name, attributes, returns, parameters).GetILGenerator();
        body(il);
        End(il, fails);
    }

    private static void End(ILGenerator il, bool fails)
    {
        if (fails)
        {
            il.Emit(OpCodes.Ldstr, "It was built to fail.");
            il.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([typeof(string)])!);
            il.Emit(OpCodes.Throw);
        }
        else
        {
            il.Emit(OpCodes.Ret);
        }
    }

    // Renamed into place, and with a time of its own: two versions may be written within one tick of the file system's clock.
    private static void Save(PersistedAssemblyBuilder assembly, string file)
    {
        DateTime time = File.Exists(file) ? File.GetLastWriteTimeUtc(file).AddSeconds(2) : DateTime.UtcNow;
        assembly.Save(file + ".new");
        File.SetLastWriteTimeUtc(file + ".new", time);
        File.Move(file + ".new", file, overwrite: true);
    }
}
