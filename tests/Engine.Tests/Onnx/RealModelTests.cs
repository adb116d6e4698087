using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Onnx;

public class RealModelTests
{
    [Theory]
    [InlineData("models/emotion-mini-xception", 9, 54, 80, "input 1,1,64,64", "probabilities")]
    [InlineData("models/mnist-8", 8, 12, 8, "Input3 1,1,28,28", "Plus214_Output_0")]
    [InlineData("models/mnist-opt", 8, 8, 7, "Input3 1,1,28,28", "Plus214_Output_0")]
    [InlineData("models/mobilenetv1-0.25-128", 9, 58, 56, "input 1,3,128,128", "probabilities")]
    [InlineData("models/mobilenetv2-1.0-224", 12, 101, 108, "input 1,3,224,224", "probabilities")]
    [InlineData("models/mobilenetv2-features", 7, 154, 265, "data 1,3,224,224", "features")]
    [InlineData("models/resnet20-cifar10", 12, 73, 107, "input -1,3,32,32", "logits")]
    [InlineData("models/resnet8-cifar10", 10, 23, 20, "image 1,3,32,32", "probabilities")]
    [InlineData("models/squeezenet1.1-7", 7, 66, 53, "data 1,3,224,224", "squeezenet0_flatten0_reshape0")]
    [InlineData("models/ultraface-rfb-320", 9, 211, 240, "input 1,3,240,320", "scores; boxes")]
    [InlineData("models/vww-person-96", 11, 58, 56, "image 1,3,96,96", "probabilities")]
    [InlineData("onnx-light/light_bvlc_alexnet", 9, 40, 17, "data_0 1,3,224,224", "prob_1")]
    [InlineData("onnx-light/light_inception_v2", 9, 916, 486, "data_0 1,3,224,224", "prob_1")]
    [InlineData("onnx-light/light_resnet50", 9, 415, 268, "gpu_0/data_0 1,3,224,224", "gpu_0/softmax_1")]
    [InlineData("onnx-light/light_shufflenet", 9, 446, 281, "gpu_0/data_0 1,3,224,224", "gpu_0/softmax_1")]
    [InlineData("onnx-light/light_squeezenet", 9, 105, 52, "data_0 1,3,224,224", "softmaxout_1")]
    [InlineData("onnx-light/light_vgg19", 9, 82, 39, "data_0 1,3,224,224", "prob_1")]
    public void Every_model_imports_with_its_facts(string folder, int opSet, int nodes, int parameters, string input, string output)
    {
        OnnxModel model = ModelBuilder.ImportFile(Requirements.Data($"{folder}/model.onnx"));
        Assert.Equal((opSet, nodes, parameters), (model.OpSet, model.Graph.Nodes.Count, model.Graph.Parameters.Count));
        Assert.Equal(input, string.Join("; ", model.Graph.Inputs.Select(x => $"{x.Name} {x.Extents}")));
        Assert.Equal(output, string.Join("; ", model.Graph.Outputs.Select(x => x.Name)));
        Assert.Equal(new FileInfo(Requirements.Data($"{folder}/model.onnx")).Length, model.ByteCount);
    }

    [Fact]
    public void Test_tensors_of_the_suites_are_read()
    {
        Tensor image = OnnxTensor.Read(Requirements.Data("models/mnist-8/test_data_set_0/input_0.pb"));
        Assert.Equal((ElementType.Float32, "1x1x28x28"), (image.Type, image.Shape.ToString()));
        int files = 0;
        foreach (string file in Directory.EnumerateFiles(Requirements.Data("onnx-node"), "*.pb", SearchOption.AllDirectories))
        {
            OnnxTensor.Read(file);
            files++;
        }
        Assert.Equal(1592, files);
    }

    [Fact]
    public void Every_case_of_the_node_suites_parses()
    {
        int cases = 0;
        foreach (string file in Directory.EnumerateFiles(Requirements.Data("onnx-node"), "model.onnx", SearchOption.AllDirectories))
        {
            if (ForeignDomain(file))
                continue;
            OnnxModel model = ModelBuilder.ImportFile(file);
            Assert.NotEmpty(model.Graph.Outputs);
            cases++;
        }
        Assert.Equal(561, cases);
    }

    /// <summary>An attribute nobody asks for keeps a model from running, so operations ask for all there are.</summary>
    [Fact]
    public void No_known_operator_leaves_an_attribute_of_the_suites_unread()
    {
        var unread = new SortedSet<string>();
        foreach (string file in Directory.EnumerateFiles(Requirements.Data("."), "model.onnx", SearchOption.AllDirectories))
            foreach (string problem in ModelDoctor.Examine(file))
                if (problem.Contains("is not known to LiveCam"))
                    unread.Add($"{problem} ({Path.GetFileName(Path.GetDirectoryName(file))})");
        Assert.Empty(unread);
    }

    /// <summary>Optimizer steps lie in a domain of their own.</summary>
    private static bool ForeignDomain(string file) =>
        new[] { "test_adagrad", "test_adam", "test_momentum", "test_nesterov" }.Any(file.Contains);
}
