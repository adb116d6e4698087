using Google.Protobuf;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.Onnx.ModelBuilder;
using static LiveCam.Engine.Tests.RandomTensors;

namespace LiveCam.Engine.Tests.Onnx.Peers;

/// <summary>The Attention of operator sets 23 and 24 against ONNX Runtime's.</summary>
public sealed class AttentionTests
{
    private const int Batch = 2, Length = 5, Keys = 7, Past = 3, Size = 8;

    /// <summary>One form of the operator.</summary>
    /// <param name="Heads">Of queries, and of keys and values.</param>
    /// <param name="Mask">none, float or bool.</param>
    public sealed record Form(bool IsFlat = false, (int Queries, int Keys) Heads = default, string Mask = "none", bool IsCausal = false, bool HasPast = false, float Softcap = 0, float Scale = 0, int Mode = 0, bool HasLengths = false);

    public static TheoryData<Form> Forms =>
    [
        new(), new(IsFlat: true), new(Heads: (6, 2)), new(IsFlat: true, Heads: (6, 3)), new(Mask: "float"), new(Mask: "bool"), new(IsCausal: true), new(HasPast: true),
        new(IsCausal: true, HasPast: true), new(IsFlat: true, Heads: (4, 2), Mask: "float", HasPast: true, IsCausal: true), new(Softcap: 0.5f), new(Scale: 0.1f),
        new(Mask: "float", Mode: 3), new(Softcap: 0.25f, Mask: "bool"), new(HasLengths: true), new(HasLengths: true, Mask: "float"),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_answers_as_ONNX_Runtime_does(Form form)
    {
        (ModelProto model, List<(string Name, Tensor Value)> inputs) = Made(form);
        OnnxRuntime theirs = OnnxRuntime.Run(model.ToByteArray(), inputs);
        Assert.Null(theirs.Error);
        IReadOnlyList<(string Name, Tensor Value)> ours = Exported.Run(OnnxImporter.Import(model.ToByteArray(), "attention.onnx").Graph, inputs);
        Assert.Equal(model.Graph.Output.Select(output => output.Name), ours.Select(output => output.Name));
        foreach ((string name, Tensor value) in ours)
            Assert.True(RelativeError(value, theirs.Outputs[name]) < Fp32(100 * Size * (Keys + Past)), $"{name}: {RelativeError(value, theirs.Outputs[name]):0.0e+0}");
    }

    [Theory]
    [InlineData("kv_num_heads", 4, "multiple")]
    [InlineData("qk_matmul_output_mode", 7, "0 to 3")]
    [InlineData("left_window_size", 2, "left_window_size")]
    public void What_is_not_defined_is_refused(string attribute, int value, string sentence)
    {
        (ModelProto model, _) = Made(new(IsFlat: true, Heads: (6, 3)));
        NodeProto node = model.Graph.Node[0];
        foreach (AttributeProto old in node.Attribute.Where(one => one.Name == attribute).ToList())
            node.Attribute.Remove(old);
        node.Attribute.Add(new AttributeProto { Name = attribute, Type = 2, I = value });
        Assert.Contains(sentence, Assert.Throws<LiveCamException>(() => OnnxImporter.Import(model.ToByteArray(), "attention.onnx")).Message);
    }

    private static (ModelProto Model, List<(string, Tensor)> Inputs) Made(Form form)
    {
        (int queries, int keys) = form.Heads == default ? (3, 3) : form.Heads;
        var inputs = new List<(string Name, Tensor Value)>();
        string Add(string name, Tensor value)
        {
            inputs.Add((name, value));
            return name;
        }
        Shape Extents(int heads, int length) => form.IsFlat ? [Batch, length, heads * Size] : [Batch, heads, length, Size];
        int total = Keys + (form.HasPast ? Past : 0);
        string[] names =
        [
            Add("q", Uniform(Extents(queries, Length), 1)), Add("k", Uniform(Extents(keys, Keys), 2)), Add("v", Uniform(Extents(keys, Keys), 3)),
            form.Mask switch
            {
                "float" => Add("mask", Uniform([Length, total], 4)),
                "bool" => Add("mask", new Tensor(ElementType.Bool, [Length, total], Enumerable.Range(0, Length * total).Select(i => (byte)(i % 3 == 1 ? 0 : 1)).ToArray())),
                _ => "",
            },
            form.HasPast ? Add("pastk", Uniform([Batch, keys, Past, Size], 5)) : "", form.HasPast ? Add("pastv", Uniform([Batch, keys, Past, Size], 6)) : "",
            form.HasLengths ? Add("lengths", Tensor.Of<long>([Batch], 7, 6)) : "",
        ];
        NodeProto node = Node("Attention", "attend", string.Join(' ', names).TrimEnd(), form.HasLengths ? "y" : "y newk newv scores");
        void Set(string name, int value) => node.Attribute.Add(new AttributeProto { Name = name, Type = 2, I = value });
        void SetFloat(string name, float value) => node.Attribute.Add(new AttributeProto { Name = name, Type = 1, F = value });
        if (form.IsFlat)
        {
            Set("q_num_heads", queries);
            Set("kv_num_heads", keys);
        }
        if (form.IsCausal) Set("is_causal", 1);
        if (form.Mode > 0) Set("qk_matmul_output_mode", form.Mode);
        if (form.Softcap > 0) SetFloat("softcap", form.Softcap);
        if (form.Scale > 0) SetFloat("scale", form.Scale);
        ModelProto model = Model(node);
        model.OpsetImport[0].Version = form.HasLengths ? 24 : 23;
        model.IrVersion = 11;
        foreach ((string name, Tensor value) in inputs)
        {
            model.Input(name, [.. value.Shape.Select(extent => (long)extent)]);
            model.Graph.Input[^1].Type.TensorType.ElemType = value.Type == ElementType.Bool ? 9 : value.Type == ElementType.Int64 ? 7 : 1;
        }
        foreach (string output in node.Output)
        {
            model.Output(output);
            model.Graph.Output[^1].Type = new() { TensorType = new() { ElemType = 1 } };
        }
        return (model, inputs);
    }
}
