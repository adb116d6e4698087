using LiveCam.Engine.Onnx.Proto;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Onnx;

/// <summary>
/// Scaled dot-product attention (Vaswani et al. 2017), softmax(scale Q K' + mask) V, with several heads, fewer heads for K and V than for Q
/// (Ainslie et al. 2023), keys and values of earlier calls, and a soft bound of the scores, as operator sets 23 and 24 define it.
/// Q, K and V are N x heads x length x size, or N x length x (heads size) where the attributes say how many heads there are.
/// </summary>
internal sealed class AttentionFunction
{
    private const int Query = 0, Key = 1, Values = 2, Mask = 3, PastKey = 4, PastValue = 5, Lengths = 6;

    // The last says how exactly the softmax is computed: here in float32 in any case.
    private static readonly string[] Attributes = ["is_causal", "kv_num_heads", "q_num_heads", "qk_matmul_output_mode", "scale", "softcap", "softmax_precision"];

    private readonly NodeProto node;
    private readonly Func<int, ValueFacts> facts;
    private readonly FunctionBody body;

    private AttentionFunction(NodeProto node, Func<int, ValueFacts> facts) => (this.node, this.facts, body) = (node, facts, new(node));

    public static FunctionProto Expand(NodeProto node, Func<int, ValueFacts> facts) => new AttentionFunction(node, facts).Expand();

    private FunctionProto Expand()
    {
        if (node.Input.Count is < 3 or > 7 || !Has(Query) || !Has(Key) || !Has(Values) || node.Output.Count is < 1 or > 4)
            throw Error($"it has {node.Input.Count} inputs and {node.Output.Count} outputs, but queries, keys and values are expected, and up to four outputs");
        if (node.Attribute.FirstOrDefault(one => !Attributes.Contains(one.Name)) is { } unknown)
            throw Error($"its attribute {ModelProblems.Printable(unknown.Name, 50)} is not known to LiveCam");
        if (Has(PastKey) != Has(PastValue))
            throw Error("it has earlier keys without earlier values, or the other way round");
        int rank = facts(Query).Rank;
        if (rank is not (3 or 4) || facts(Key).Rank != rank || facts(Values).Rank != rank)
            throw Error($"its queries, keys and values have {rank}, {facts(Key).Rank} and {facts(Values).Rank} axes, but all have 3 or all have 4");
        int queries = Heads(Query, "q_num_heads", rank), keys = Heads(Key, "kv_num_heads", rank);
        if (queries % keys != 0)
            throw Error($"it has {queries} heads for queries and {keys} for keys, but the first has to be a multiple of the second");
        string key = WithPast(PastKey, Split(Key, keys, rank)), value = WithPast(PastValue, Split(Values, keys, rank));
        body.Output(1, key);
        body.Output(2, value);
        string raw = Product(Split(Query, queries, rank), Repeated(key, queries, keys), queries, rank);
        string bounded = Bounded(raw), scores = WithLengths(WithPattern(WithMask(bounded)));
        string weights = body.Add("Softmax", [scores], ("axis", [-1]));
        string answer = body.Add("MatMul", [weights, Repeated(value, queries, keys)]);
        body.Output(0, rank == 4 ? answer : body.Add("Reshape", [body.Add("Transpose", [answer], ("perm", [0, 2, 1, 3])), body.Longs(0, 0, -1)]));
        body.Output(3, Whole("qk_matmul_output_mode", 0) switch
        {
            0 => raw,
            1 => bounded,
            2 => scores,
            3 => weights,
            long other => throw Error($"its qk_matmul_output_mode is {other}, but 0 to 3 are defined"),
        });
        return body.Function;
    }

    private int Heads(int input, string attribute, int rank)
    {
        long heads = rank == 4 ? facts(input).Extents[1] : Whole(attribute, 0);
        return heads is > 0 and <= int.MaxValue ? (int)heads
            : throw Error(rank == 4 ? "its number of heads is open" : $"its {attribute} is {heads}, but queries with three axes need it");
    }

    // N x heads x length x size.
    private string Split(int input, int heads, int rank) => rank == 4 ? body.Input(input)
        : body.Add("Transpose", [body.Add("Reshape", [body.Input(input), body.Longs(0, 0, heads, -1)])], ("perm", [0, 2, 1, 3]));

    private string WithPast(int past, string recent) => Has(past) ? body.Add("Concat", [body.Input(past), recent], ("axis", [2])) : recent;

    /// <summary>Every head of keys or values as often as there are queries for it, one behind the other.</summary>
    private string Repeated(string value, int queries, int keys)
    {
        if (queries == keys)
            return value;
        string copies = body.Add("Expand", [body.Add("Unsqueeze", [value, body.Longs(2)]), body.Longs(1, 1, queries / keys, 1, 1)]);
        string batch = body.Add("Shape", [value], ("start", [0]), ("end", [1])), rest = body.Add("Shape", [value], ("start", [2]), ("end", [4]));
        return body.Add("Reshape", [copies, body.Add("Concat", [batch, body.Longs(queries), rest], ("axis", [0]))]);
    }

    private string Product(string query, string key, int queries, int rank)
    {
        long size = rank == 4 ? facts(Query).Extents[3] : facts(Query).Extents[2] is > 0 and var hidden ? hidden / queries : -1;
        float scale = node.Attribute.FirstOrDefault(one => one.Name == "scale" && one.HasF)?.F
            ?? (size > 0 ? (float)(1 / Math.Sqrt(size)) : throw Error("the size of its heads is open, and it has no scale"));
        return body.Add("MatMul", [body.Add("Mul", [query, Number(scale)]), body.Add("Transpose", [key], ("perm", [0, 1, 3, 2]))]);
    }

    /// <summary>c tanh(scores / c), which keeps scores between -c and c.</summary>
    private string Bounded(string scores)
    {
        float bound = node.Attribute.FirstOrDefault(one => one.Name == "softcap")?.F ?? 0;
        return bound <= 0 ? scores : body.Add("Mul", [body.Add("Tanh", [body.Add("Div", [scores, Number(bound)])]), Number(bound)]);
    }

    /// <summary>A mask of numbers is added; where one of truth values is false, nothing is seen. What it does not reach is not seen either.</summary>
    private string WithMask(string scores)
    {
        if (!Has(Mask))
            return scores;
        bool isTruth = facts(Mask).Type == ElementType.Bool;
        string mask = isTruth ? body.Add("Where", [body.Input(Mask), Number(0), Number(float.NegativeInfinity)]) : body.Input(Mask);
        string missing = body.Add("Sub", [Extent(scores, 3), body.Add("Shape", [mask], ("start", [-1]))]);
        string pads = body.Add("Concat", [body.Longs(new long[2 * facts(Mask).Rank - 1]), missing], ("axis", [0]));
        return body.Add("Add", [scores, body.Add("Pad", [mask, pads, Number(float.NegativeInfinity)])]);
    }

    /// <summary>Where it is causal, a query sees the keys up to its own place, counted from the end of what was there before.</summary>
    private string WithPattern(string scores)
    {
        if (Whole("is_causal", 0) == 0)
            return scores;
        string rows = Column(scores, 2), columns = Row(scores);
        string first = Has(PastKey) ? Extent(body.Input(PastKey), 2)
            : Has(Lengths) ? body.Add("Reshape", [body.Add("Sub", [body.Input(Lengths), Extent(scores, 2)]), body.Longs(-1, 1, 1, 1)])
            : body.Longs(0);
        return Seen(scores, body.Add("LessOrEqual", [columns, body.Add("Add", [rows, first])]));
    }

    /// <summary>Keys from the given length of a picture on are padding.</summary>
    private string WithLengths(string scores) => !Has(Lengths) ? scores
        : Seen(scores, body.Add("Less", [Row(scores), body.Add("Reshape", [body.Input(Lengths), body.Longs(-1, 1, 1, 1)])]));

    private string Seen(string scores, string where) => body.Add("Where", [where, scores, Number(float.NegativeInfinity)]);

    private string Extent(string value, int axis) => body.Add("Shape", [value], ("start", [axis]), ("end", [axis + 1]));

    private string Row(string scores) => Numbers(Extent(scores, 3));

    private string Column(string scores, int axis) => body.Add("Unsqueeze", [Numbers(Extent(scores, axis)), body.Longs(1)]);

    // 0, 1, 2, ...
    private string Numbers(string count) => body.Add("Range", [Scalar(body.Longs(0)), Scalar(count), Scalar(body.Longs(1))]);

    private string Scalar(string value) => body.Add("Squeeze", [value, body.Longs(0)]);

    private string Number(float number) => body.Add("Cast", [body.Number(number)], ("to", [OnnxTypes.Number(facts(Query).Type)]));

    private bool Has(int input) => input < node.Input.Count && node.Input[input].Length > 0;

    private long Whole(string attribute, long otherwise) => node.Attribute.FirstOrDefault(one => one.Name == attribute && one.HasI)?.I ?? otherwise;

    private LiveCamException Error(string facts) => new($"Attention \"{ModelProblems.Printable(node.Name, 200)}\": {facts}.");
}
