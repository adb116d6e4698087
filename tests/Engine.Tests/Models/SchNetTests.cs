using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Models;

/// <summary>The energy of a molecule is one number, however it lies and however its atoms are counted.</summary>
public sealed class SchNetTests
{
    /// <summary>Ethanol: nine atoms by element (0 hydrogen, 1 carbon, 2 oxygen) and place in angstrom.</summary>
    private static readonly (int Element, double[] At)[] Ethanol =
    [
        (1, [-0.89, -0.16, 0.02]), (1, [0.46, 0.55, -0.03]), (2, [1.44, -0.46, 0.01]), (0, [-0.98, -0.82, -0.86]), (0, [-0.99, -0.77, 0.92]),
        (0, [-1.70, 0.58, -0.01]), (0, [0.55, 1.16, -0.94]), (0, [0.56, 1.22, 0.84]), (0, [2.30, -0.02, -0.03]),
    ];

    [Fact]
    public void Turned_moved_and_counted_otherwise_a_molecule_has_its_energy()
    {
        double energy = Energy(Ethanol);
        Assert.Equal(energy, Energy([.. Ethanol.Select(atom => (atom.Element, Turned(atom.At, 0.7, -1.1, 2.3)))]), 1e-4 * Math.Abs(energy));
        Assert.Equal(energy, Energy([.. Ethanol.Select(atom => (atom.Element, new[] { atom.At[0] + 3, atom.At[1] - 2, atom.At[2] + 0.5 }))]), 1e-4 * Math.Abs(energy));
        Assert.Equal(energy, Energy([.. Ethanol.Reverse()]), 1e-4 * Math.Abs(energy));
        // And another shape or another atom has another.
        Assert.NotEqual(energy, Energy([.. Ethanol.Select((atom, i) => (atom.Element, i == 8 ? new[] { 2.0, -1.2, 0.3 } : atom.At))]), 1e-3 * Math.Abs(energy));
        Assert.NotEqual(energy, Energy([.. Ethanol.Select((atom, i) => (i == 2 ? 1 : atom.Element, atom.At))]), 1e-3 * Math.Abs(energy));
    }

    private static double[] Turned(double[] at, double a, double b, double c)
    {
        (double x, double y, double z) = (at[0], at[1], at[2]);
        (x, y) = (x * Math.Cos(a) - y * Math.Sin(a), x * Math.Sin(a) + y * Math.Cos(a));
        (y, z) = (y * Math.Cos(b) - z * Math.Sin(b), y * Math.Sin(b) + z * Math.Cos(b));
        (x, z) = (x * Math.Cos(c) - z * Math.Sin(c), x * Math.Sin(c) + z * Math.Cos(c));
        return [x, y, z];
    }

    private static double Energy((int Element, double[] At)[] molecule)
    {
        Graph graph = SchNet.Family.Build();
        Tensor atoms = new(ElementType.Float32, [molecule.Length, SchNet.Elements]), positions = new(ElementType.Float32, [molecule.Length, 3]);
        foreach ((int i, (int element, double[] at)) in molecule.Index())
        {
            atoms.Span<float>()[i * SchNet.Elements + element] = 1;
            for (int axis = 0; axis < 3; axis++) positions.Span<float>()[3 * i + axis] = (float)at[axis];
        }
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(graph, device);
        plan.Write(SchNet.Atoms, atoms);
        plan.Write(SchNet.Positions, positions);
        plan.Run();
        return plan.Read(SchNet.Energy).Span<float>()[0];
    }
}
