using LiveCam.Engine;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>A picture model on a device with every tensor in sight: what the contract makes of a picture, and all outputs.</summary>
public sealed class PictureRun : IDisposable
{
    private readonly PictureModel model;
    private readonly PreprocessingCpu preprocessing;
    private readonly Plan plan;

    /// <param name="keep">Layers to read after a run, by name.</param>
    /// <exception cref="LiveCamException">The model cannot be run there.</exception>
    public PictureRun(PictureModel model, Device device, IReadOnlyCollection<string>? keep = null)
    {
        this.model = model;
        preprocessing = new PreprocessingCpu(model.Contract);
        plan = Compiler.Compile(model.Graph, device, model.Compilation(keep ?? []));
    }

    public int HostOps => plan.HostOps;

    /// <summary>The input tensor of a picture, in the model's axes.</summary>
    public Tensor Preprocess(Picture picture)
    {
        var tensor = new Tensor(ElementType.Float32, model.InputShape);
        Preprocessing contract = model.Contract;
        preprocessing.Run(picture, tensor.Span<float>(), model.Axes == PictureAxes.Nchw
            ? TensorStrides.Planar(contract.Width, contract.Height)
            : TensorStrides.ChannelsLast(contract.Width, contract.Channels));
        return tensor;
    }

    /// <summary>All float outputs, by name.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Answer(Tensor input)
    {
        plan.Write(model.Input.Name, input);
        plan.Run();
        return [.. model.Graph.Outputs.Select(output => (output.Name, plan.Read(output.Name))).Where(output => output.Item2.Type == ElementType.Float32)];
    }

    /// <summary>A layer that is kept, after a run.</summary>
    public Tensor Read(string layer) => plan.Read(layer);

    public void Dispose() => plan.Dispose();
}
