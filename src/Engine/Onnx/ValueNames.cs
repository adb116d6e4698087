using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Onnx;

/// <summary>What each value is called in a file, where a name belongs to one value only.</summary>
internal sealed class ValueNames
{
    private readonly Dictionary<Value, string> names = [];
    private readonly HashSet<string> taken = [];

    public string this[Value value] => names[value];
    public bool Has(Value value) => names.ContainsKey(value);

    /// <exception cref="LiveCamException">Another value has it.</exception>
    public void Set(Value value, string name)
    {
        Reserve(name);
        names[value] = name;
    }

    /// <summary>Keeps a name from all other values.</summary>
    public void Reserve(string name)
    {
        if (name.Length == 0 || !taken.Add(name))
            throw new LiveCamException(name.Length == 0
                ? "An input or output of the network has no name, which a file needs."
                : $"Two inputs or outputs of the network are called \"{name}\", but in a file a name stands for one value; rename one.");
    }

    /// <summary>The wanted name, or one like it that is free.</summary>
    public string New(string wanted)
    {
        string name = wanted.Length > 0 ? wanted : "value";
        for (int i = 1; !taken.Add(name); i++)
            name = $"{wanted}:{i}";
        return name;
    }

    /// <summary>Gives the value the wanted name, or one like it that is free.</summary>
    public void SetLike(Value value, string wanted) => names[value] = New(wanted);
}
