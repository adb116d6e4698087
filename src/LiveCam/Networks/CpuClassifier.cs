using System.Diagnostics;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Vision;

namespace LiveCam.Networks;

/// <summary>On the CPU a picture is preprocessed straight into the plan's input, and answers are read where they lie.</summary>
internal sealed unsafe class CpuClassifier : Classifier
{
    private readonly CpuPlan plan;
    private readonly PreprocessingCpu preprocessing;
    private readonly Operand input;
    private readonly TensorStrides strides;
    private float[] buffer = [];

    public CpuClassifier(PictureModel model, Device device, CpuPlan plan, string? layer, string? features) : base(model, device, plan, layer, features)
    {
        this.plan = plan;
        preprocessing = new PreprocessingCpu(model.Contract);
        input = plan[InputValue];
        strides = model.Axes.Strides(input.Format);
    }

    protected override MemoryFormat FormOf(Value value) => ((CpuPlan)Plan)[value].Format;

    protected override void Infer(Picture picture)
    {
        long start = Stopwatch.GetTimestamp();
        preprocessing.Run(picture, input.Floats, strides);
        PreprocessMilliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        plan.Run();
    }

    public override void ReadFeatures(Span<float> features) => FeatureVector.Read(Fetch(FeatureValue, ref buffer), FeaturePlaces(), features);

    protected override ReadOnlySpan<float> Fetch(Value value, ref float[] buffer)
    {
        Operand operand = plan[value];
        return new(operand.Floats, operand.Format.Reach);
    }
}
