using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Ops.Input;
using Gemm = LiveCam.Engine.Ops.Gemm;
using ScaleShift = LiveCam.Engine.Ops.ScaleShift;
using Softmax = LiveCam.Engine.Ops.Softmax;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>Inputs an operation cannot take are refused before a plan is made, with the operation, the node and the facts.</summary>
public sealed class WrongInputTests
{
    /// <summary>What is wrong, and a word the error has to say about it.</summary>
    private static readonly (string What, OpCase Line)[] Lines =
    [
        ("5 per group", new(new Conv2d(3), [1, 4, 8, 8], [6, 5, 3, 3])),
        ("groups", new(new Conv2d(3, groups: 3), [1, 4, 8, 8], [6, 1, 3, 3])),
        ("groups", new(new Conv2d(3, groups: 0), [1, 4, 8, 8], [6, 4, 3, 3])),
        ("shape 6x4x3", new(new Conv2d(3), [1, 4, 8, 8], [6, 4, 3])),
        ("kernel", new(new Conv2d(5), [1, 4, 8, 8], [6, 4, 3, 3])),
        ("bias", new(new Conv2d(3), [1, 4, 8, 8], [6, 4, 3, 3], [5])),
        ("bias", new(new Conv2d(3), [1, 4, 8, 8], [6, 4, 3, 3], [6, 1])),
        ("does not fit", new(new Conv2d(9), [1, 4, 8, 8], [6, 4, 9, 9])),
        ("residual", new(new Conv2d(Window.Square(3), Residual: true), [1, 4, 8, 8], [6, 4, 3, 3], Missing, [1, 6, 8, 8])),
        ("residual", new(new Conv2d(Window.Square(3), Residual: true), [1, 4, 8, 8], [6, 4, 3, 3])),
        ("weights", new(new Conv2d(new Window([], [], [], [])), [4, 4], [6, 4])),
        ("stride", new(new Conv2d(3, stride: 0), [1, 4, 8, 8], [6, 4, 3, 3])),
        ("spatial", new(new Conv2d(new Window([3, 3], [1], [], [])), [1, 4, 8, 8], [6, 4, 3, 3])),
        ("pads", new(new Conv2d(3, pad: -1), [1, 4, 8, 8], [6, 4, 3, 3])),
        ("Int64", new(new Conv2d(3), new Input([1, 4, 8, 8]).As(ElementType.Int64), [6, 4, 3, 3])),
        ("does not fit", new(new MaxPool(Window.Square(9)), [1, 4, 8, 8])),
        ("kernel_shape", new(new MaxPool(new([], [], [], [])), [1, 4, 8, 8])),
        ("4x4", new(new MaxPool(Window.Square(2)), [4, 4])),
        ("padding", new(new MaxPool(Window.Square(2, 1, 2)), [1, 4, 8, 8])),
        ("Int64", new(new MaxPool(Window.Square(2)), new Input([1, 4, 8, 8]).As(ElementType.Int64))),
        ("Int64", new(new AveragePool(Window.Square(2)), new Input([1, 4, 8, 8]).As(ElementType.Int64))),
        ("padding", new(new AveragePool(Window.Square(2, 1, 2)), [1, 4, 8, 8])),
        ("4x4", new(new GlobalAveragePool(), [4, 4])),
        ("spatial", new(new GlobalMaxPool(), [1, 2, 0, 3])),
        ("4 channels", new(new BatchNormalization(), [1, 4, 8, 8], [4], [5], [4], [4])),
        ("N and C", new(new BatchNormalization(), [4], [4], [4], [4], [4])),
        ("channel", new(new ScaleShift(), [1, 4, 8, 8], [5], [4])),
        ("size", new(new Lrn(0), [1, 4, 8, 8])),
        ("spatial", new(new Lrn(5), [4, 4])),
        ("broadcast", new(new Add(), [2, 3], [2, 4])),
        ("broadcast", new(new Sub(), [2, 3], [3, 2])),
        ("broadcast", new(new Mul(), [2, 3, 4], [2, 3, 5])),
        ("Int64", new(new Div(), [2, 3], new Input([2, 3]).As(ElementType.Int64))),
        ("broadcast", new(new Sum(), [2, 3], [2, 3], [4])),
        ("axis 1", new(new Concat(1), [2, 3, 4], [2, 3, 5])),
        ("axis 3", new(new Concat(3), [2, 3, 4], [2, 3, 4])),
        ("axis 1", new(new Concat(1), [2, 3], [2, 3, 1])),
        ("scalar", new(new Concat(0), [], [])),
        ("rows", new(new Gemm(), [3, 4], [5, 6])),
        ("matrices", new(new Gemm(), [3, 4, 1], [4, 6])),
        ("broadcast", new(new Gemm(), [3, 4], [4, 6], [5])),
        ("fit", new(new MatMul(), [3, 4], [5, 6])),
        ("fit", new(new MatMul(), [2, 3, 4], [3, 4, 5])),
        ("scalar", new(new MatMul(), [], [3])),
        ("axis 2", new(new Softmax(2), [3, 4])),
        ("axis", new(new LogSoftmax(-3), [3, 4])),
        ("axis 2", new(new ReduceMean(), [3, 4], Const(2))),
        ("twice", new(new ReduceMean(), [3, 4], Const(1, -1))),
        ("elements", new(new Reshape(), [3, 4], Const(5, 2))),
        ("cannot be given", new(new Reshape(), [3, 4], Const(5, -1))),
        ("no shape", new(new Reshape(), [3, 4], Const(-1, -1))),
        ("keeps axis 2", new(new Reshape(), [3, 4], Const(3, 4, 0))),
        ("constant", new(new Reshape(), [3, 4], new Input([2]).As(ElementType.Int64))),
        ("extent 1", new(new Squeeze(), [3, 1], Const(0))),
        ("axis 5", new(new Unsqueeze(), [3, 1], Const(5))),
        ("twice", new(new Unsqueeze(), [3, 1], Const(0, 0))),
        ("axis 4", new(new Flatten(4), [3, 1])),
        ("permutation", new(new Transpose([0, 0]), [3, 4])),
        ("permutation", new(new Transpose([1, 0]), [3, 4, 5])),
        ("axis 2", new(new Slice(), [3, 4], Const(0), Const(1), Const(2))),
        ("step of 0", new(new Slice(), [3, 4], Const(0), Const(1), Const(1), Const(0))),
        ("entries", new(new Slice(), [3, 4], Const(0, 0), Const(1))),
        ("axis", new(new Gather(2), [3, 4], Const(0))),
        ("indices", new(new Gather(0), [3, 4], [2])),
        ("axes", new(new Pad(), [3, 4], Const(1, 1))),
        ("leaves", new(new Pad(), [3, 4], Const(-4, 0, 0, 0))),
        ("too short", new(new Pad(PadMode.Reflect), [3, 4], Const(3, 0, 0, 0))),
        ("constant", new(new Pad(), [3, 4], Const(1, 1, 1, 1), Const(Tensor.Scalar(1L)))),
        ("output is Float32 2x4", new(new GatherGradient(), [3, 4], [5, 4], Const(0, 1))),
        ("output is Float32 5x4", new(new PadGradient(PadMode.Edge), [3, 4], [3, 4], Const(1, 0, 1, 0))),
        ("gradient of the output", new(new LrnGradient(5), [1, 4, 3, 3], [1, 4, 3, 4])),
        ("pooling's output", new(new GlobalMaxPoolGradient(), [1, 4, 2, 1], [1, 4, 3, 3])),
        ("bound", new(new Clip(), [3, 4], [])),
        ("extent", new(new ConstantOfShape(), Const(-1))),
        ("constant", new(new ConstantOfShape(), new Input([2]).As(ElementType.Int64))),
        ("Bool", new(new Relu(), new Input([3]).As(ElementType.Bool))),
    ];

    public static TheoryData<string, int> Wrong
    {
        get
        {
            var data = new TheoryData<string, int>();
            for (int i = 0; i < Lines.Length; i++)
                data.Add($"{Lines[i].Line.Op.Name} of {string.Join(", ", Lines[i].Line.Inputs.AsEnumerable())}", i);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_input_is_refused_with_the_fact_that_does_not_fit(string name, int i)
    {
        Assert.NotEmpty(name);
        string problem = Assert.Single(Problems(Lines[i].Line.Op, Lines[i].Line.Inputs));
        Assert.StartsWith($"{Lines[i].Line.Op.Name} \"node\": ", problem);
        Assert.Contains(Lines[i].What, problem);
    }

    public static TheoryData<string> Cases => [.. OpCases.All.Keys];

    /// <summary>From every line of the table: an input left out, one too many, one of another type.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Missing_inputs_and_wrong_types_are_refused(string name)
    {
        OpCase line = OpCases.All[name];
        Assert.Empty(Problems(line.Op, line.Inputs));
        Named(line.Op, [Missing, .. line.Inputs.Skip(1)]);
        if (line.Op is not (Concat or Sum or Mean or Max or Min or Einsum))
            Named(line.Op, [.. line.Inputs, .. Enumerable.Repeat(new Input([1]), 6)]);
        if (line.Op.Layouts == LayoutRule.ChannelsLast || line.Op is Gemm or MatMul or Softmax or Sum)
            for (int i = 0; i < line.Inputs.Length; i++)
                if (!line.Inputs[i].IsMissing)
                    Named(line.Op, [.. line.Inputs.Take(i), line.Inputs[i].As(ElementType.Bool), .. line.Inputs.Skip(i + 1)]);
    }

    /// <summary>From every line: each extent of each input changed. What is not refused is run, and right.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Another_extent_is_refused_or_gives_the_right_result(string name)
    {
        OpCase line = OpCases.All[name];
        using var device = new CpuDevice(threads: 1);
        for (int i = 0; i < line.Inputs.Length; i++)
            for (int axis = 0; axis < line.Inputs[i].Shape.Rank; axis++)
                if (line.Inputs[i] is { Constant: null, IsMissing: false } input)
                {
                    Input changed = input with { Shape = input.Shape.With(axis, input.Shape[axis] + 1) };
                    OpCase other = line with { Inputs = [.. line.Inputs.Take(i), changed, .. line.Inputs.Skip(i + 1)] };
                    if (Problems(line.Op, other.Inputs) is { Count: > 0 } problems)
                        Assert.StartsWith($"{line.Op.Name} \"node\": ", Assert.Single(problems));
                    else
                        Assert.Null(OpRunner.Problem(other, device, new()));
                }
    }

    private static void Named(Op op, Input[] inputs) => Assert.StartsWith($"{op.Name} \"node\": ", Assert.Single(Problems(op, inputs)));

    private static IReadOnlyList<string> Problems(Op op, Input[] inputs)
    {
        var graph = new Graph();
        Value[] values = [.. inputs.Select((input, i) => input.IsMissing ? Value.None
            : input.Constant is { } constant ? graph.Parameter($"p{i}", constant)
            : graph.Input($"x{i}", input.Type, Ints.Create(input.Shape.Span)))];
        graph.Output("y", graph.Add(op, "node", 1, values)[0]);
        return Compiler.Problems(graph, new());
    }
}
