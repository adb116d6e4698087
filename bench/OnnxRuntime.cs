using System.Runtime.InteropServices;

namespace LiveCam.Bench;

/// <summary>A network in ONNX Runtime's CPU provider, through the C ABI of its shared library: all graph optimizations, sequential execution.</summary>
/// <remarks>The table of functions only ever grows at its end, so entries are taken by their number in the public header.</remarks>
internal sealed unsafe class OnnxRuntime
{
    /// <summary>Where the shared library lies.</summary>
    public const string LibraryVariable = "ONNXRUNTIME_LIBRARY";

    private const int ApiVersion = 17, Float = 1, AllOptimizations = 99;
    private const int GetErrorMessage = 2, CreateEnv = 3, CreateSession = 7, RunSession = 9, CreateOptions = 10, SetOptimizationLevel = 23,
        SetIntraThreads = 24, SetInterThreads = 25, CreateTensor = 49, CreateCpuMemory = 69;

    private readonly nint* api;
    private readonly nint session, input, output;
    private readonly float* result;
    private readonly int classes;
    private readonly nint inputName = Marshal.StringToCoTaskMemUTF8("picture"), outputName = Marshal.StringToCoTaskMemUTF8("logits");

    public OnnxRuntime(string model, int threads, int[] shape, int classes)
    {
        string library = Environment.GetEnvironmentVariable(LibraryVariable) ?? "libonnxruntime.so.1";
        nint handle = NativeLibrary.Load(library);
        nint* entry = ((delegate* unmanaged<nint*>)NativeLibrary.GetExport(handle, "OrtGetApiBase"))();
        api = ((delegate* unmanaged<uint, nint*>)entry[0])(ApiVersion);
        Version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)entry[1])())!;
        this.classes = classes;

        nint environment, options, memory, made;
        nint name = Marshal.StringToCoTaskMemUTF8("bench"), path = Marshal.StringToCoTaskMemUTF8(model);
        const int Warnings = 2;
        Check(((delegate* unmanaged<int, nint, nint*, nint>)api[CreateEnv])(Warnings, name, &environment));
        Check(((delegate* unmanaged<nint*, nint>)api[CreateOptions])(&options));
        Check(((delegate* unmanaged<nint, int, nint>)api[SetIntraThreads])(options, threads));
        Check(((delegate* unmanaged<nint, int, nint>)api[SetInterThreads])(options, 1));
        Check(((delegate* unmanaged<nint, int, nint>)api[SetOptimizationLevel])(options, AllOptimizations));
        Check(((delegate* unmanaged<nint, nint, nint, nint*, nint>)api[CreateSession])(environment, path, options, &made));
        session = made;
        Check(((delegate* unmanaged<int, int, nint*, nint>)api[CreateCpuMemory])(0, 0, &memory));

        float[] picture = Measurement.Picture(shape[0] * shape[1] * shape[2]);
        input = Tensor(memory, Copy(picture), picture.Length, [1, shape[0], shape[1], shape[2]]);
        result = Copy(new float[classes]);
        output = Tensor(memory, result, classes, [1, classes]);
    }

    public string Version { get; }

    public void Run()
    {
        nint given = input, made = output, givenName = inputName, madeName = outputName;
        Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)api[RunSession])(session, 0, &givenName, &given, 1, &madeName, 1, &made));
    }

    public float[] Output() => new Span<float>(result, classes).ToArray();

    private nint Tensor(nint memory, float* data, int length, long[] shape)
    {
        nint tensor;
        fixed (long* extents = shape)
            Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)api[CreateTensor])(memory, data, (nuint)length * 4, extents, (nuint)shape.Length, Float, &tensor));
        return tensor;
    }

    private static float* Copy(float[] values)
    {
        float* memory = (float*)NativeMemory.AlignedAlloc((nuint)values.Length * 4, 64);
        values.CopyTo(new Span<float>(memory, values.Length));
        return memory;
    }

    private void Check(nint status)
    {
        if (status != 0)
            throw new InvalidOperationException($"ONNX Runtime: {Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)api[GetErrorMessage])(status))}");
    }
}
