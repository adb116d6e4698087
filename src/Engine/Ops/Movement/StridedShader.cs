using System.Globalization;
using System.Text;
using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>Defines for shaders that walk strided operands: one thread per element, or per four where all operands allow it.</summary>
internal static class StridedShader
{
    public const int GroupSize = 64;

    /// <summary>One operand: its name in the shader, its number in the nest and its first element.</summary>
    public readonly record struct Walk(string Name, int Operand, long Offset);

    /// <summary>
    /// A dispatch over all iterations of a nest. Each operand gets <c>NAME_AT(i)</c>, its element for thread i, and
    /// <c>NAME_T</c>, float or vec4 (float also for an operand repeated along the innermost loop). T is the type computed in.
    /// </summary>
    public static ShaderCall Call(
        string file, LoopNest nest, ReadOnlySpan<Walk> walks, IReadOnlyList<Binding> bindings, params ReadOnlySpan<(string Name, string Value)> defines) =>
        Call(Quads(nest, walks), file, nest, walks, bindings, defines);

    /// <inheritdoc cref="Call(string, LoopNest, ReadOnlySpan{Walk}, IReadOnlyList{Binding}, ReadOnlySpan{ValueTuple{string, string}})"/>
    /// <param name="quads">Four neighbours per thread, which all operands have to allow.</param>
    public static ShaderCall Call(
        bool quads, string file, LoopNest nest, ReadOnlySpan<Walk> walks, IReadOnlyList<Binding> bindings, params ReadOnlySpan<(string Name, string Value)> defines)
    {
        int count = nest.Count / (quads ? 4 : 1);
        var list = new List<KeyValuePair<string, string>>
        {
            new("T", quads ? "vec4" : "float"),
            new("COUNT", Text(count)),
        };
        foreach (Walk walk in walks)
        {
            bool repeated = nest.Strides[walk.Operand][^1] == 0;
            list.Add(new($"{walk.Name}_T", quads && !repeated ? "vec4" : "float"));
            list.Add(new($"{walk.Name}_AT(i)", Index(nest, walk, quads, quads && !repeated)));
        }
        foreach ((string name, string value) in defines)
            list.Add(new(name, value));
        return new(file, quads ? "vec4" : "float", list, Groups.Fold((count + GroupSize - 1) / GroupSize), bindings);
    }

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A float as a GLSL literal, infinities and NaN included.</summary>
    public static string Text(float value) =>
        float.IsFinite(value) ? FormattableString.Invariant($"({value:E9})") : $"uintBitsToFloat(0x{BitConverter.SingleToUInt32Bits(value):X8}u)";

    public static bool Quads(LoopNest nest, ReadOnlySpan<Walk> walks)
    {
        if (nest.Extents[^1] % 4 != 0)
            return false;
        foreach (Walk walk in walks)
        {
            long[] strides = nest.Strides[walk.Operand];
            if (strides[^1] == 0)
                continue;
            if (strides[^1] != 1 || walk.Offset % 4 != 0 || strides[..^1].Any(stride => stride % 4 != 0))
                return false;
        }
        return true;
    }

    /// <summary>The element of an operand for iteration i of a nest, as an expression.</summary>
    public static string Index(LoopNest nest, Walk walk) => Index(nest, walk, quads: false, asVectors: false);

    private static string Index(LoopNest nest, Walk walk, bool quads, bool asVectors)
    {
        var text = new StringBuilder("(");
        long inner = 1;
        for (int loop = nest.Extents.Length - 1; loop >= 0; loop--)
        {
            int last = nest.Extents.Length - 1;
            long extent = quads && loop == last ? nest.Extents[loop] / 4 : nest.Extents[loop];
            long stride = nest.Strides[walk.Operand][loop];
            if (quads)
                stride = asVectors ? (loop == last ? 1 : stride / 4) : (loop == last ? stride * 4 : stride);
            if (stride != 0)
            {
                string position = inner == 1 ? "(i)" : $"(i) / {Text(inner)}";
                text.Append(loop == 0 ? $"({position}) * {Text(stride)} + " : $"({position} % {Text(extent)}) * {Text(stride)} + ");
            }
            inner *= extent;
        }
        return text.Append(Text(asVectors ? walk.Offset / 4 : walk.Offset)).Append(')').ToString();
    }
}
