using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>
/// Every line of <see cref="OpCases"/> on the CPU device: against the double-precision reference for every vector width and
/// every way of putting it into a graph, and the same bits for any number of threads.
/// </summary>
public sealed class OpTests : IDisposable
{
    private readonly List<CpuDevice> devices = [];

    public static TheoryData<string> Cases => [.. OpCases.All.Keys];

    public static TheoryData<string, VectorWidth> Widths
    {
        get
        {
            var data = new TheoryData<string, VectorWidth>();
            foreach (string line in OpCases.All.Keys)
                foreach (VectorWidth width in VectorWidths.Available)
                    data.Add(line, width);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Cpu_equals_the_reference(string name, VectorWidth width)
    {
        OpCase line = OpCases.All[name];
        CpuDevice device = Device(1, width);
        var problems = new List<string>();
        foreach (Arrangement how in Arrangement.For(line))
            if (Caught(() => OpRunner.Problem(line, device, how)) is { } problem)
                problems.Add($"{how}: {problem}");
        Assert.True(problems.Count == 0, $"{line}\n{string.Join('\n', problems)}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        OpCase line = OpCases.All[name];
        byte[] one = OpRunner.Bits(line, Device(1, null));
        Assert.Equal(one, OpRunner.Bits(line, Device(2, null)));
        Assert.Equal(one, OpRunner.Bits(line, Device(5, null)));
    }

    public void Dispose()
    {
        foreach (CpuDevice device in devices)
            device.Dispose();
    }

    /// <summary>An exception is a finding like any other, told with the arrangement it came up in.</summary>
    internal static string? Caught(Func<string?> problem)
    {
        try
        {
            return problem();
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return e is LiveCamException ? e.Message : e.ToString();
        }
    }

    private CpuDevice Device(int threads, VectorWidth? width)
    {
        devices.Add(new CpuDevice(threads, width));
        return devices[^1];
    }
}
