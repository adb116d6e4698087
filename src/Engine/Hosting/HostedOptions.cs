namespace LiveCam.Engine.Hosting;

/// <summary>How a network is opened in another program's frame.</summary>
public sealed record HostedOptions
{
    /// <summary>Where it runs. <see cref="DeviceKind.Auto"/> takes the host's OpenGL from 4.5 on unless that is computed by the CPU, else the CPU beside the frame.</summary>
    public DeviceKind Device { get; init; } = DeviceKind.Auto;

    /// <summary>Threads of the CPU; 0 for one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>A file of class names, one a line or a JSON array; null takes those of the file, or those beside it.</summary>
    public string? Labels { get; init; }

    /// <summary>As <see cref="ClassifierOptions.Preprocessing"/>.</summary>
    public IReadOnlyDictionary<string, string> Preprocessing { get; init; } = new Dictionary<string, string>();

    /// <summary>The layer whose maps are shown, as the file names it; <c>""</c> for one in the middle of the network, null for none.</summary>
    public string? Layer { get; init; } = "";

    /// <summary>Whether <see cref="HostedNetwork.Teach"/> will be used: the layer before the classifier is then read after each run.</summary>
    public bool Teaches { get; init; }

    /// <summary>How many classes an answer tells at most.</summary>
    public int Top { get; init; } = 5;
}
