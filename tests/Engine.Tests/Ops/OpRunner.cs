using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>Runs one case in one arrangement on one device and says what is wrong with the result.</summary>
internal static class OpRunner
{
    private const long MemoryLimit = 1L << 30;

    /// <returns>Null where the result is right; else what was found.</returns>
    /// <param name="instead">An operation to run in the case's place: how planted errors prove that they are found.</param>
    /// <param name="choose">Picks the shader variant (OpenGL only).</param>
    public static string? Problem(OpCase line, Device device, Arrangement how, Op? instead = null,
        Func<Node, IReadOnlyList<ShaderCall>, ShaderCall>? choose = null)
    {
        int seed = line.Name.Aggregate(17, (hash, letter) => hash * 31 + letter) & 0xFFFFF;
        Tensor[] inputs = [.. line.Inputs.Select((input, i) => input.Fill(seed + i))];
        Answer answer = References.Of(line.Op, [.. line.Inputs.Select((input, i) => input.IsMissing ? null : Doubles.From(inputs[i]))]);
        Shape[] shapes = [.. answer.Outputs.Take(line.Outputs).Select(output => output.Shape)];
        var experiment = new Experiment(line, how, instead ?? line.Op, shapes, seed + 1000);
        var gl = device as GlDevice;
        using Plan plan = choose is null ? device.Plan(experiment.Lowered, MemoryLimit) : gl!.Plan(experiment.Lowered, MemoryLimit, choose);
        (string Name, Value Value)[] roots = [.. experiment.Roots.Select(name => (name, plan.Lowered.Find(name)))];
        foreach ((_, Value root) in roots)
            Memory.Poison(plan, gl, root);

        // A first run with other inputs and other parameters: nothing of it may be left in the second.
        foreach ((string name, Input input) in experiment.Inputs)
            Memory.Write(plan, gl, name, input.Fill(seed + 2000 + name.Length));
        plan.Run();
        foreach ((int i, Parameter parameter) in experiment.Parameters)
            parameter.Assign(inputs[i]);
        Dictionary<string, Tensor> written = experiment.Inputs.ToDictionary(pair => pair.Key,
            pair => pair.Key.Contains(' ') ? pair.Value.Fill(seed + 3000 + pair.Key.Length) : inputs[int.Parse(pair.Key[1..])]);
        foreach ((string name, Tensor tensor) in written)
            Memory.Write(plan, gl, name, tensor);
        plan.Run();

        for (int i = 0; i < line.Outputs; i++)
            if (Difference(plan.Read($"y{i}"), answer.Outputs[i], answer.Tolerance) is { } difference)
                return $"output {i}: {difference}";
        foreach ((string name, Tensor tensor) in written)
            if (!plan.Read(name).Bytes.Span.SequenceEqual(tensor.Bytes.Span))
                return $"input {name} was changed";
        foreach ((string name, string[] parts) in experiment.Concats)
        {
            Doubles expected = Movements.Concat(1, [.. parts.Select(part => Doubles.From(plan.Read(part)))]);
            if (Difference(plan.Read(name), expected, 0) is { } difference)
                return $"{name}: {difference}";
        }
        foreach ((string name, Value root) in roots)
            if (Memory.Damage(plan, gl, root) is { } damage)
                return $"around {name}: {damage}";
        return null;
    }

    /// <summary>The result's bytes, for comparing runs that have to agree to the last bit.</summary>
    public static byte[] Bits(OpCase line, Device device)
    {
        var experiment = new Experiment(line, new(), line.Op, [.. new Shape[line.Outputs]], 1);
        using Plan plan = device.Plan(experiment.Lowered, MemoryLimit);
        foreach ((string name, Input input) in experiment.Inputs)
            plan.Write(name, input.Fill(name.Length));
        plan.Run();
        return [.. Enumerable.Range(0, line.Outputs).SelectMany(i => plan.Read($"y{i}").Bytes.ToArray())];
    }

    /// <returns>Null where every element is within the tolerance, relative to the largest magnitude expected.</returns>
    public static string? Difference(Tensor actual, Doubles expected, double tolerance)
    {
        if (actual.Shape != expected.Shape)
            return $"shape {actual.Shape}, but {expected.Shape} is expected";
        double[] given = Doubles.From(actual).Data;
        double largest = expected.Data.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max(), worst = 0;
        int at = -1, wrong = 0;
        for (int i = 0; i < given.Length; i++)
        {
            double difference = given[i].Equals(expected.Data[i]) ? 0 : Math.Abs(given[i] - expected.Data[i]);
            if (difference <= tolerance * largest)
                continue;
            wrong++;
            if (!(difference <= worst))
                (worst, at) = (difference, i);
        }
        return at < 0 ? null : $"{wrong} of {given.Length} elements differ; element {at} of {actual.Shape} is {given[at]:G9}, "
            + $"but {expected.Data[at]:G9} is expected, {worst / largest:G3} of the largest against {tolerance:G3} allowed";
    }
}
