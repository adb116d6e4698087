using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Passes;

/// <summary>
/// Decides the memory layout of every value from what operations read and write, and inserts a Reorder only where two
/// neighbours differ.
/// </summary>
internal static class AssignLayouts
{
    /// <returns>The layout of every value of the new graph that is not row-major.</returns>
    public static Dictionary<Value, Layout> Run(Rewrite rewrite)
    {
        var layouts = new Dictionary<Value, Layout>();
        var reordered = new Dictionary<(Value, Layout), Value>();
        HashSet<Value> wanted = WantedChannelsLast(rewrite);
        foreach (GraphInput input in rewrite.Source.Graph.Inputs)
            if (wanted.Contains(input.Value))
                layouts[rewrite.Map(input.Value)] = Layout.ChannelsLast;

        Value InLayout(Value old, Layout layout)
        {
            Value value = rewrite.Map(old);
            if (layouts.GetValueOrDefault(value) == layout)
                return value;
            if (!reordered.TryGetValue((value, layout), out Value moved))
            {
                string name = $"{rewrite.Source.Graph.NameOf(old)} as {layout}";
                reordered[(value, layout)] = moved = rewrite.Target.Add(new Reorder(layout), name, 1, value)[0];
                layouts[moved] = layout;
            }
            return moved;
        }

        foreach (Node node in rewrite.Nodes)
        {
            LayoutRule rule = node.Op.Layouts;
            Value[] inputs = [.. node.Inputs.Select((old, i) =>
                !old.Exists ? old :
                node.Op.ReadsShapeOnly(i) ? rewrite.Map(old) :
                rule == LayoutRule.RowMajor ? InLayout(old, Layout.RowMajor) :
                rule == LayoutRule.ChannelsLast && !node.Op.IsFeatureMap(i) ? InLayout(old, Layout.RowMajor) :
                rule == LayoutRule.ChannelsLast && rewrite.Source[old].Shape.Rank >= 3 ? InLayout(old, Layout.ChannelsLast) :
                rewrite.Map(old))];
            bool follows = rule == LayoutRule.Follow && inputs.Zip(node.Inputs).Any(pair => pair.First.Exists
                && layouts.GetValueOrDefault(pair.First) == Layout.ChannelsLast);
            rewrite.Copy(node, node.Op, inputs);
            foreach (Value output in node.Outputs)
            {
                if (!output.Exists || rewrite.Source[output].Shape.Rank < 3)
                    continue;
                if (rule == LayoutRule.ChannelsLast && node.Op.GivesFeatureMaps || follows || (rule is LayoutRule.Follow or LayoutRule.Reads) && wanted.Contains(output))
                    layouts[rewrite.Map(output)] = Layout.ChannelsLast;
            }
        }
        return layouts;
    }

    /// <summary>Values of rank 3 and up that some operation reads channels-last, directly or through operations that follow.</summary>
    private static HashSet<Value> WantedChannelsLast(Rewrite rewrite)
    {
        var wanted = new HashSet<Value>();
        foreach (Node node in rewrite.Nodes.Reverse())
        {
            bool all = node.Op.Layouts == LayoutRule.ChannelsLast;
            bool through = node.Op.Layouts == LayoutRule.Follow && node.Outputs.Any(wanted.Contains);
            if (!all && !through)
                continue;
            foreach ((int i, Value input) in node.Inputs.Index())
                if (input.Exists && (!all || node.Op.IsFeatureMap(i)) && rewrite.Parameter(input) is null && rewrite.Source[input].Shape.Rank >= 3
                    && (all || rewrite.Source[input].Shape.Rank == rewrite.Source[node.Outputs[0]].Shape.Rank))
                    wanted.Add(input);
        }
        return wanted;
    }
}
