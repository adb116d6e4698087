using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Planning;

/// <summary>Where a value lies: its form, the block of the arena it is part of, and its first element within that block.</summary>
public readonly record struct Placement(Form Form, int Block, long Offset);

/// <summary>A contiguous piece of the arena, reused by blocks whose lifetimes do not meet.</summary>
/// <param name="From">Index of the first node that writes it (-1: a graph input).</param>
/// <param name="To">Index of the last node that touches it.</param>
public readonly record struct Block(long Bytes, long Offset, int From, int To);

/// <summary>
/// Gives every value its place in one arena. Values share a block where operations allow it (views, in-place steps,
/// slices of a Concat); blocks share memory where their lifetimes allow it, largest first (Pisarchyk and Lee,
/// "Efficient Memory Management for Deep Neural Net Inference", arXiv 2001.03288, greedy by size).
/// </summary>
public sealed class ArenaLayout
{
    private readonly Dictionary<Value, Placement> placements = [];
    private readonly HashSet<Node> views = [];

    public IReadOnlyList<Block> Blocks { get; }
    public long Bytes { get; }

    /// <param name="alignment">Of every block's start, in bytes.</param>
    public ArenaLayout(Schedule schedule, int alignment)
    {
        var sharing = new Sharing(schedule);
        views = sharing.Views;
        var blocks = new List<Block>();
        var blockOf = new Dictionary<Value, int>();
        foreach ((Value root, List<Value> members) in sharing.Groups())
        {
            Form form = schedule.OwnForm(root);
            blockOf[root] = blocks.Count;
            // Sixteen spare elements let a kernel load a whole vector at the last pixel.
            long bytes = (form.Span + 16) * form.Type.Size();
            blocks.Add(new((bytes + alignment - 1) / alignment * alignment, 0,
                members.Min(sharing.DefinedAt), members.Max(sharing.LastUse)));
            foreach (Value member in members)
            {
                Form own = schedule.OwnForm(member);
                placements[member] = new(own.Layout == Layout.ChannelsLast && form.Layout == Layout.ChannelsLast && own.Shape.Rank == form.Shape.Rank
                    ? own with { Pitch = form.Pitch } : own, blockOf[root], sharing.OffsetInRoot(member));
            }
        }
        (Blocks, Bytes) = Place(blocks);
    }

    public Placement this[Value value] => placements[value];
    public bool Holds(Value value) => placements.ContainsKey(value);

    /// <summary>Whether a node needs no step because its output is its input under another shape.</summary>
    public bool IsView(Node node) => views.Contains(node);

    private static (IReadOnlyList<Block>, long) Place(List<Block> blocks)
    {
        var placed = new List<int>();
        long end = 0;
        foreach (int i in Enumerable.Range(0, blocks.Count).OrderByDescending(i => blocks[i].Bytes).ThenBy(i => i))
        {
            Block block = blocks[i];
            long offset = 0;
            foreach (int j in placed.Where(j => blocks[j].From <= block.To && block.From <= blocks[j].To).OrderBy(j => blocks[j].Offset))
            {
                if (blocks[j].Offset - offset >= block.Bytes)
                    break;
                offset = Math.Max(offset, blocks[j].Offset + blocks[j].Bytes);
            }
            blocks[i] = block with { Offset = offset };
            placed.Add(i);
            end = Math.Max(end, offset + block.Bytes);
        }
        return (blocks, end);
    }

    /// <summary>Decides which values share a block: a forest in which a child lies at an element offset within its parent.</summary>
    private sealed class Sharing
    {
        private readonly Schedule schedule;
        private readonly Dictionary<Value, (Value Parent, long Offset)> parents = [];
        private readonly Dictionary<Value, int> definedAt = [];
        private readonly Dictionary<Value, int> lastUse = [];
        private readonly Dictionary<Value, int> readers = [];
        private readonly HashSet<Value> inputs = [];

        public HashSet<Node> Views { get; } = [];

        public Sharing(Schedule schedule)
        {
            this.schedule = schedule;
            foreach (GraphInput input in schedule.Graph.Inputs)
            {
                inputs.Add(input.Value);
                (definedAt[input.Value], lastUse[input.Value]) = (-1, int.MaxValue);
            }
            for (int i = 0; i < schedule.Nodes.Count; i++)
            {
                foreach (Value value in schedule.Nodes[i].Inputs)
                    if (value.Exists && !schedule.IsParameter(value))
                    {
                        lastUse[value] = Math.Max(lastUse.GetValueOrDefault(value, i), i);
                        readers[value] = readers.GetValueOrDefault(value) + 1;
                    }
                foreach (Value value in schedule.Nodes[i].Outputs)
                    if (value.Exists)
                        (definedAt[value], lastUse[value]) = (i, schedule.IsKept(value) ? int.MaxValue : i);
            }
            var hints = schedule.Nodes.Select(node => new Hints(schedule, node)).ToList();
            foreach (Hints hint in hints)
                foreach ((int input, int output, int offset) in hint.Slices)
                    TrySlice(hint.Node, input, output, offset);
            for (int i = 0; i < hints.Count; i++)
            {
                foreach ((int output, int input) in hints[i].Views)
                    TryView(hints[i].Node, output, input);
                foreach ((int output, int input) in hints[i].InPlaces)
                    if (TryInPlace(i, hints[i].Node, output, input))
                        break;
            }
        }

        public int DefinedAt(Value value) => definedAt[value];
        public int LastUse(Value value) => lastUse[value];

        public long OffsetInRoot(Value value)
        {
            long offset = 0;
            for (; parents.TryGetValue(value, out var up); value = up.Parent)
                offset += up.Offset;
            return offset;
        }

        public IEnumerable<(Value Root, List<Value> Members)> Groups() =>
            definedAt.Keys.Order(Comparer<Value>.Create((a, b) => a.Id - b.Id)).GroupBy(Root).Select(g => (g.Key, g.ToList()));

        private Value Root(Value value)
        {
            while (parents.TryGetValue(value, out var up))
                value = up.Parent;
            return value;
        }

        private void TrySlice(Node node, int input, int output, int offset)
        {
            (Value from, Value to) = (node.Inputs[input], node.Outputs[output]);
            if (!Free(from) || schedule.LayoutOf(from) != Layout.ChannelsLast || schedule.LayoutOf(to) != Layout.ChannelsLast
                || node.Inputs.Count(other => other == from) > 1)
                return;
            parents[from] = (to, offset);
        }

        private void TryView(Node node, int output, int input)
        {
            (Value from, Value to) = (node.Inputs[input], node.Outputs[output]);
            if (schedule.IsParameter(from) || parents.ContainsKey(to) || schedule[from].Type != schedule[to].Type
                || !SameMemory(schedule.OwnForm(from), schedule.OwnForm(to)))
                return;
            parents[to] = (from, 0);
            Views.Add(node);
        }

        private static bool SameMemory(Form from, Form to) =>
            from == to || (from.IsDense && to.IsDense && (from.Layout == Layout.RowMajor || from.Pixels == 1)
                && (to.Layout == Layout.RowMajor || to.Pixels == 1));

        private bool TryInPlace(int at, Node node, int output, int input)
        {
            (Value from, Value to) = (node.Inputs[input], node.Outputs[output]);
            if (schedule.IsParameter(from) || inputs.Contains(from) || schedule.IsKept(from) || readers[from] != 1
                || schedule.OwnForm(from) != schedule.OwnForm(to))
                return false;
            if (!parents.ContainsKey(to) && NobodyElseNeeds(at, from))
            {
                parents[to] = (from, 0);
                return true;
            }
            if (parents.ContainsKey(to) && !parents.ContainsKey(from) && !parents.Values.Any(up => up.Parent == from) && IsUntouchedUntil(at, to))
            {
                parents[from] = (to, 0);
                return true;
            }
            return false;
        }

        /// <summary>Whether no other value in the memory of <paramref name="value"/> is read by node <paramref name="at"/> (a Concat
        /// beside one of its own branches, say) or after it.</summary>
        private bool NobodyElseNeeds(int at, Value value) => Sharers(value).All(other =>
            !inputs.Contains(other) && (lastUse[other] < at || definedAt[other] > at));

        /// <summary>Whether the place of <paramref name="value"/>, which node <paramref name="at"/> computes, is used by nobody before.</summary>
        private bool IsUntouchedUntil(int at, Value value) => Sharers(value).All(other => definedAt[other] > at);

        private IEnumerable<Value> Sharers(Value value)
        {
            Value root = Root(value);
            return definedAt.Keys.Where(other => other != value && Root(other) == root && Overlap(other, value));
        }

        private bool Overlap(Value a, Value b)
        {
            if (schedule.LayoutOf(a) != Layout.ChannelsLast || schedule.LayoutOf(b) != Layout.ChannelsLast)
                return true;
            (long fromA, long fromB) = (OffsetInRoot(a), OffsetInRoot(b));
            return fromA < fromB + schedule[b].Shape[1] && fromB < fromA + schedule[a].Shape[1];
        }

        /// <summary>A value computed by a node that has no home yet.</summary>
        private bool Free(Value value) => value.Exists && !schedule.IsParameter(value) && !inputs.Contains(value) && !parents.ContainsKey(value);
    }

    private sealed class Hints : AliasCall
    {
        private readonly Schedule schedule;

        public List<(int Output, int Input)> Views { get; } = [];
        public List<(int Output, int Input)> InPlaces { get; } = [];
        public List<(int Input, int Output, int Offset)> Slices { get; } = [];

        public Hints(Schedule schedule, Node node) : base(node)
        {
            this.schedule = schedule;
            node.Op.Alias(this);
        }

        public override ValueInfo InputInfo(int input) => schedule[Node.Inputs[input]];
        public override ValueInfo OutputInfo(int output) => schedule[Node.Outputs[output]];
        public override void View(int output, int input) => Views.Add((output, input));

        public override void InPlace(int output, int input)
        {
            if (input < Node.Inputs.Length && Node.Inputs[input].Exists)
                InPlaces.Add((output, input));
        }

        public override void Slice(int input, int output, int channelOffset) => Slices.Add((input, output, channelOffset));
    }
}
