using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Planning;

/// <summary>Where a value lies: its form, the block of the arena it is part of, and its first element within that block.</summary>
internal readonly record struct Placement(MemoryFormat Format, int Block, long Offset);

/// <summary>A contiguous piece of the arena, reused by blocks whose lifetimes do not meet.</summary>
/// <param name="From">Index of the first node that writes it (-1: a graph input).</param>
/// <param name="To">Index of the last node that touches it.</param>
internal readonly record struct Block(long Bytes, long Offset, int From, int To);

/// <summary>
/// Gives every value its place in one arena. Values share a block where operations allow it (views, in-place steps,
/// slices of a Concat); blocks share memory where their lifetimes allow it, largest first (Pisarchyk and Lee,
/// "Efficient Memory Management for Deep Neural Net Inference", arXiv 2001.03288, greedy by size).
/// </summary>
internal sealed class ArenaLayout
{
    /// <summary>The greedy placement looks at every pair of blocks; of more than these it would take seconds.</summary>
    private const int MostBySize = 4096;

    /// <summary>A Concat of more branches than these copies them: each in-place step looks at all of its neighbors.</summary>
    private const int MostSlices = 1024;

    private readonly Dictionary<Value, Placement> placements = [];
    private readonly HashSet<Node> views = [];

    public IReadOnlyList<Block> Blocks { get; }
    public long Bytes { get; }

    /// <param name="alignment">Of every block's start, in bytes.</param>
    /// <param name="lies">The type elements have in memory, where the device has not all; without, their own.</param>
    public ArenaLayout(LoweredGraph schedule, int alignment, Func<ElementType, ElementType>? lies = null)
    {
        MemoryFormat FormOf(Value value) => schedule.OwnForm(value) is var form && lies is not null ? form with { Type = lies(form.Type) } : form;
        var sharing = new Sharing(schedule);
        views = sharing.Views;
        var blocks = new List<Block>();
        var blockOf = new Dictionary<Value, int>();
        foreach ((Value root, List<Value> members) in sharing.Groups())
        {
            MemoryFormat form = FormOf(root);
            blockOf[root] = blocks.Count;
            // Sixteen spare elements let a kernel load a whole vector at the last pixel.
            long bytes = (form.Span + 16) * form.Type.Size();
            blocks.Add(new((bytes + alignment - 1) / alignment * alignment, 0,
                members.Min(sharing.DefinedAt), members.Max(sharing.LastUse)));
            foreach (Value member in members)
            {
                MemoryFormat own = FormOf(member);
                placements[member] = new(own.Layout == Layout.ChannelsLast && form.Layout == Layout.ChannelsLast && own.Shape.Rank == form.Shape.Rank
                    ? own with { Pitch = form.Pitch } : own, blockOf[root], sharing.OffsetInRoot(member));
            }
        }
        (Blocks, Bytes) = blocks.Count <= MostBySize ? Place(blocks) : ArenaSweep.Place(blocks);
    }

    public Placement this[Value value] => placements[value];

    /// <summary>Whether a node needs no step because its output is its input under another shape.</summary>
    public bool IsView(Node node) => views.Contains(node);

    private static (IReadOnlyList<Block>, long) Place(List<Block> blocks)
    {
        var placed = new List<int>();
        var meeting = new List<Block>();
        long end = 0;
        foreach (int i in Enumerable.Range(0, blocks.Count).OrderByDescending(i => blocks[i].Bytes).ThenBy(i => i))
        {
            Block block = blocks[i];
            long offset = 0;
            meeting.Clear();
            foreach (int j in placed)
                if (blocks[j].From <= block.To && block.From <= blocks[j].To)
                    meeting.Add(blocks[j]);
            meeting.Sort((a, b) => a.Offset.CompareTo(b.Offset));
            foreach (Block other in meeting)
            {
                if (other.Offset - offset >= block.Bytes)
                    break;
                offset = Math.Max(offset, other.Offset + other.Bytes);
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
        private readonly LoweredGraph schedule;
        private readonly Dictionary<Value, (Value Parent, long Offset)> parents = [];
        private readonly Dictionary<Value, int> definedAt = [];
        private readonly Dictionary<Value, int> lastUse = [];
        private readonly Dictionary<Value, int> readers = [];
        private readonly HashSet<Value> inputs = [];

        // By root: everything in its memory, and the part of it that a node still to come may have to respect.
        private readonly Dictionary<Value, List<Value>> members = [];
        private readonly Dictionary<Value, List<Value>> concerned = [];

        public HashSet<Node> Views { get; } = [];

        public Sharing(LoweredGraph schedule)
        {
            this.schedule = schedule;
            foreach (GraphInput input in schedule.Graph.Inputs)
            {
                inputs.Add(input.Value);
                (definedAt[input.Value], lastUse[input.Value]) = (-1, int.MaxValue);
            }
            for (int i = 0; i < schedule.Nodes.Count; i++)
            {
                foreach ((int input, Value value) in schedule.Nodes[i].Inputs.Index())
                    if (value.Exists && !schedule.IsParameter(value) && !schedule.Nodes[i].Op.ReadsShapeOnly(input))
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

        public long OffsetInRoot(Value value) => Find(value).Offset;

        public IEnumerable<(Value Root, List<Value> Members)> Groups() =>
            definedAt.Keys.Order(Comparer<Value>.Create((a, b) => a.Id - b.Id)).GroupBy(value => Find(value).Root).Select(g => (g.Key, g.ToList()));

        /// <summary>The value whose memory this one lies in, and where; paths are shortened on the way.</summary>
        private (Value Root, long Offset) Find(Value value)
        {
            if (!parents.TryGetValue(value, out var up))
                return (value, 0);
            Value root = value;
            long offset = 0;
            for (var next = up; ; )
            {
                offset += next.Offset;
                root = next.Parent;
                if (!parents.TryGetValue(root, out next))
                    break;
            }
            long left = offset;
            for (Value at = value; parents[at].Parent != root; )
            {
                (Value parent, long step) = parents[at];
                parents[at] = (root, left);
                left -= step;
                at = parent;
            }
            return (root, offset);
        }

        private void Join(Value child, Value parent, long offset)
        {
            parents[child] = (parent, offset);
            Value root = Find(parent).Root;
            foreach (Dictionary<Value, List<Value>> lists in new[] { members, concerned })
            {
                List<Value> of(Value value) => lists.TryGetValue(value, out List<Value>? list) ? list : lists[value] = [value];
                of(root).AddRange(of(child));
                lists.Remove(child);
            }
        }

        private void TrySlice(Node node, int input, int output, int offset)
        {
            (Value from, Value to) = (node.Inputs[input], node.Outputs[output]);
            if (node.Inputs.Length > MostSlices || !Free(from) || schedule.LayoutOf(from) != Layout.ChannelsLast || schedule.LayoutOf(to) != Layout.ChannelsLast
                || node.Inputs.Count(other => other == from) > 1)
                return;
            Join(from, to, offset);
        }

        private void TryView(Node node, int output, int input)
        {
            (Value from, Value to) = (node.Inputs[input], node.Outputs[output]);
            if (schedule.IsParameter(from) || parents.ContainsKey(to) || schedule[from].Type != schedule[to].Type
                || !SameMemory(schedule.OwnForm(from), schedule.OwnForm(to)))
                return;
            Join(to, from, 0);
            Views.Add(node);
        }

        private static bool SameMemory(MemoryFormat from, MemoryFormat to) =>
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
                Join(to, from, 0);
                return true;
            }
            if (parents.ContainsKey(to) && !parents.ContainsKey(from) && !members.ContainsKey(from) && IsUntouchedUntil(at, to))
            {
                Join(from, to, 0);
                return true;
            }
            return false;
        }

        /// <summary>Whether no other value in the memory of <paramref name="value"/> is read by node <paramref name="at"/> (a Concat
        /// beside one of its own branches, say) or after it.</summary>
        private bool NobodyElseNeeds(int at, Value value)
        {
            if (!concerned.TryGetValue(Find(value).Root, out List<Value>? others))
                return true;
            // Nodes are asked in order, so what is dead now concerns nobody later either.
            others.RemoveAll(other => lastUse[other] < at);
            return others.TrueForAll(other => other == value || definedAt[other] > at || !Overlap(other, value));
        }

        /// <summary>Whether the place of <paramref name="value"/>, which node <paramref name="at"/> computes, is used by nobody before.</summary>
        private bool IsUntouchedUntil(int at, Value value) =>
            members[Find(value).Root].TrueForAll(other => other == value || definedAt[other] > at || !Overlap(other, value));

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
        private readonly LoweredGraph schedule;

        public List<(int Output, int Input)> Views { get; } = [];
        public List<(int Output, int Input)> InPlaces { get; } = [];
        public List<(int Input, int Output, int Offset)> Slices { get; } = [];

        public Hints(LoweredGraph schedule, Node node) : base(node)
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
