using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine;

/// <summary>A network of any kind, from floats to floats, row-major and in the axes that its file declares. One thread at a time.</summary>
/// <example><code>
/// using var net = TensorNetwork.Load("superresolution.onnx");
/// var y = new float[net.ShapeOf(net.Outputs[0]).ElementCount];
/// net.Run(x, y);
/// </code></example>
public sealed class TensorNetwork : IDisposable
{
    private readonly Device device;
    private readonly Plan plan;
    private readonly Dictionary<string, Tensor> inputs;

    private TensorNetwork(Device device, Plan plan)
    {
        (this.device, this.plan) = (device, plan);
        Graph graph = plan.Lowered.Graph;
        inputs = graph.Inputs.ToDictionary(input => input.Name, input => new Tensor(plan.Lowered[input.Value].Type, plan.Lowered[input.Value].Shape));
        (Inputs, Outputs) = ([.. graph.Inputs.Select(input => input.Name)], [.. graph.Outputs.Select(output => output.Name)]);
    }

    /// <summary>Reads an ONNX file and plans it.</summary>
    /// <param name="options">Shapes of inputs whose extents are open, and values to keep; null takes 1 for open extents.</param>
    /// <param name="kind">Where it runs.</param>
    /// <param name="threads">Of the CPU; 0 for one for each processor.</param>
    /// <exception cref="LiveCamException">The file cannot be read or run.</exception>
    public static TensorNetwork Load(string path, CompileOptions? options = null, DeviceKind kind = DeviceKind.Auto, int threads = 0)
    {
        Graph graph = OnnxImporter.Import(path).Graph;
        Device device = DeviceChoice.Open(kind, threads);
        Plan? plan = null;
        try
        {
            plan = Compiler.Compile(graph, device, options);
            return new TensorNetwork(device, plan);
        }
        catch
        {
            plan?.Dispose();
            device.Dispose();
            throw;
        }
    }

    /// <summary>Names of what is put in, as the file orders them.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Names of what comes out, as the file orders them.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The extents of an input, output or kept value.</summary>
    /// <exception cref="LiveCamException">There is none of that name.</exception>
    public Shape ShapeOf(string name) => plan.Lowered[plan.Lowered.Find(name)].Shape;

    /// <summary>From the first input to the first output, for networks that have one of each.</summary>
    /// <exception cref="LiveCamException">The network has several inputs, or a span has another number of elements.</exception>
    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        if (Inputs.Count != 1)
            throw new LiveCamException($"Running a network on one row of numbers: it has {Inputs.Count} inputs ({string.Join(", ", Inputs)}). Write each by its name, then run.");
        Write(Inputs[0], input);
        Run();
        Read(Outputs[0], output);
    }

    /// <summary>Fills an input, which keeps its numbers until they are written anew.</summary>
    /// <exception cref="LiveCamException">There is no such input of floats, or it has another number of elements.</exception>
    public void Write(string input, ReadOnlySpan<float> values)
    {
        if (!inputs.TryGetValue(input, out Tensor? tensor))
            throw new LiveCamException($"The network has no input \"{input}\"; its inputs are {string.Join(", ", Inputs)}.");
        Check(input, tensor.Type, tensor.Shape, values.Length);
        values.CopyTo(tensor.Span<float>());
        plan.Write(input, tensor);
    }

    /// <summary>Runs the network once.</summary>
    public void Run() => plan.Run();

    /// <summary>Copies an output or a kept value of the last run.</summary>
    /// <exception cref="LiveCamException">There is no such value of floats, nothing is left of it after a run, or it has another number of elements.</exception>
    public void Read(string output, Span<float> values)
    {
        Value value = plan.Lowered.Find(output);
        Check(output, plan.Lowered[value].Type, plan.Lowered[value].Shape, values.Length);
        plan.Read(value).Span<float>().CopyTo(values);
    }

    /// <summary>Ends the plan and its device.</summary>
    public void Dispose()
    {
        plan.Dispose();
        device.Dispose();
    }

    private static void Check(string name, ElementType type, Shape shape, int given)
    {
        if (type != ElementType.Float32)
            throw new LiveCamException($"\"{name}\" is {type} {shape}, but is given a place of floats. Run it through Compiler.Compile, whose tensors have any type.");
        if (given != shape.ElementCount)
            throw new LiveCamException($"\"{name}\" is {shape}, which is {shape.ElementCount} numbers, but the span has {given}.");
    }
}
