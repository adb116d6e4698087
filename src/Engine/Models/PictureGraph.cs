using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>Networks for pictures in other forms than one picture of floats: made anew so that they take one, on the same parameters.</summary>
internal static class PictureGraph
{
    /// <summary>The network whose one input takes a picture 1xCxHxW (or 1xHxWxC) of floats.</summary>
    /// <param name="extents">The new input's; where the old one has other axes (a flat row), a Reshape follows.</param>
    /// <param name="repeats">How often the picture is repeated along the first axis, for a network of a fixed batch.</param>
    /// <param name="output">The output to keep, alone; of a batch only the first picture's row.</param>
    public static Graph For(Graph old, Ints extents, int repeats, string output)
    {
        var graph = new Graph();
        GraphInput input = old.Inputs[0];
        var map = new Dictionary<Value, Value>();
        Value picture = graph.Input(input.Name, ElementType.Float32, extents);
        Value given = picture;
        if (repeats > 1) given = graph.Add(new Concat(0), $"{input.Name} repeated", 1, Enumerable.Repeat(given, repeats).ToArray())[0];
        if (extents.Count != input.Extents.Count)
            given = graph.Add(new Reshape(), $"{input.Name} flat", 1, given, graph.Parameter($"{input.Name} flat shape", Tensor.Of<long>([input.Extents.Count], FlatShape(input.Extents))))[0];
        map[input.Value] = given;
        foreach (Node node in old.Nodes)
        {
            Value[] inputs = Array.ConvertAll(node.Inputs, Map);
            string?[] names = Array.ConvertAll(node.Outputs, value => value.Exists ? old.NameOf(value) : null);
            foreach ((Value before, Value made) in node.Outputs.Zip(graph.Add(node.Op, node.Name, names, inputs)))
                if (before.Exists) map[before] = made;
        }
        Value kept = Map(old.Outputs.First(one => one.Name == output).Value);
        if (repeats > 1)
            kept = graph.Add(new Slice(), $"{output} of the first", 1, kept, Number("from", 0), Number("to", 1), Number("axis", 0))[0];
        graph.Output(output, kept);
        return graph;

        Value Number(string name, long value) => graph.Parameter($"{output} {name}", Tensor.Of<long>([1], [value]));

        Value Map(Value value) => !value.Exists ? Value.None : map.TryGetValue(value, out Value made) ? made : map[value] = graph.Parameter(old.Parameters[value]);
    }

    private static long[] FlatShape(Ints extents) => [.. extents.Select((extent, i) => i == 0 && extents.Count is 2 or 4 ? -1L : extent)];
}
