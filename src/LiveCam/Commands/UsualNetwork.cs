using LiveCam.Networks;
using LiveCam.Networks.Zoo;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>What looks at pictures where nobody names a network.</summary>
internal static class UsualNetwork
{
    /// <summary>The word for the kernels of the lectures, which are no file.</summary>
    public const string Kernels = "kernels";

    /// <summary>
    /// Drawn digits are read by the network for digits, the test pattern is shown to the kernels of the lectures, and all else to the best network for photographs that
    /// is here: one that was downloaded, or the one that came with the program and knows ten things. Then a line says how to get more.
    /// </summary>
    /// <param name="source">Where pictures come from.</param>
    public static ModelChoice For(ModelChoice choice, string source, Terminal terminal)
    {
        if (choice.Model == Kernels && !File.Exists(Kernels)) return choice with { Model = null };
        if (choice.Model is not null) return choice;
        if (CameraSource.IsDrawn(source)) return choice with { Model = CameraSource.IsDigits(source) ? OwnModels.Digits : null };
        if (ZooFolder.TryOfUser()?.Best is { } best) return choice with { Model = best };
        if (OwnModels.Things is not { } things) return choice;
        terminal.Note("no network was named, so it knows ten things (airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck): --model squeezenet1.1 gets a thousand names, "
            + "--project FOLDER teaches it yours, --model kernels shows how pictures are filtered.");
        return choice with { Model = things };
    }
}
