using LiveCam.Engine.Text;

namespace LiveCam.Engine.Vision;

/// <summary>What a model's file, and the files beside it, say about the pictures it takes and the classes it tells apart.</summary>
/// <param name="Preprocessing">From a picture to the model's input.</param>
/// <param name="Labels">The classes' names; null where nothing names them.</param>
/// <param name="Source">What says how pixels become numbers, for people; null where nothing does and it is a guess.</param>
/// <param name="Notes">What was found and not used, or used and worth knowing: a sentence each.</param>
internal sealed record ModelContract(Preprocessing Preprocessing, Labels? Labels, string? Source, IReadOnlyList<string> Notes)
{
    /// <summary>Whether nobody says how pixels become numbers.</summary>
    public bool IsGuess => Source is null;

    /// <summary>The sentence that says so, and the way out.</summary>
    public static string GuessNote(string model, Preprocessing contract) =>
        $"the preprocessing of {model} is a guess ({PreprocessingPresets.NameOf(contract) ?? "as usual"}): neither the file nor one beside it says how it was trained; "
        + $"--contract {string.Join("|", PreprocessingPresets.Names.Take(4))} (or with -bgr) says it, and so does a file {Path.GetFileName(PreprocessingJson.SidecarPath(model))}.";

    /// <summary>
    /// Reads the contract of a model. Later ones win, setting by setting: what the input's shape suggests (<see cref="Preprocessing.For"/>),
    /// what other programs wrote (<see cref="ForeignContracts"/>), a normalization inside the network, LiveCam's own metadata, the sidecar file, the command line.
    /// Labels are the given file's, else the metadata's, else those of the first file beside the model that fit.
    /// </summary>
    /// <param name="path">The ONNX file; nothing need lie beside it.</param>
    /// <param name="metadata">The file's metadata_props.</param>
    /// <param name="input">Of the model's picture input; extents of 0 or less are not fixed.</param>
    /// <param name="preset">What the network itself makes of a picture's numbers: the name of a preset that leaves the rest to it; null where it does nothing.</param>
    /// <param name="options">Command-line options, as <see cref="PreprocessingOptions"/> takes them.</param>
    /// <param name="labels">A label file somebody named, or null.</param>
    /// <param name="classes">How many classes the model tells apart; 0 where that is not known.</param>
    /// <exception cref="LiveCamException">LiveCam's own metadata, the sidecar, an option or a named label file is malformed, or the result does not have the input's shape.</exception>
    public static ModelContract Read(string path, IReadOnlyDictionary<string, string> metadata, (int Channels, int Height, int Width) input, string? preset,
        IReadOnlyDictionary<string, string> options, string? labels, int classes)
    {
        if (input.Channels is not (1 or 3))
            throw new LiveCamException($"Cannot feed pictures to {path}: its input has {input.Channels} channels, but a picture has 1 or 3; is it a model for pictures?");
        var notes = new List<string>();
        var files = new ModelSurroundings(path, metadata, notes);
        Preprocessing contract = Preprocessing.For(input.Channels, input.Height, input.Width);
        string? source = null;
        if (ForeignContracts.TryRead(files, contract) is { } foreign)
        {
            source = foreign.Source;
            contract = foreign.Contract with { Channels = input.Channels };
            // A network for one size takes that; what else was said of the size is kept in the crop.
            contract = contract with { Width = input.Width > 0 ? input.Width : contract.Width, Height = input.Height > 0 ? input.Height : contract.Height };
        }
        if (preset is not null)
        {
            contract = PreprocessingPresets.TryApply(contract, contract.Order == ColourOrder.Bgr ? $"{preset}-bgr" : preset)!;
            source = source is null ? "the network, which normalizes its input itself" : $"{source}, and the network, which normalizes its input itself";
        }
        if (metadata.TryGetValue(PreprocessingJson.MetadataKey, out string? text))
        {
            contract = PreprocessingJson.Parse(text, contract, $"the metadata of {path}");
            source = "the file's own metadata";
        }
        string sidecar = PreprocessingJson.SidecarPath(path);
        if (File.Exists(sidecar))
        {
            string written = TextFile.Read(sidecar, $"the preprocessing in {sidecar}", 64 << 20);
            if (PreprocessingJson.IsMeant(written))
            {
                contract = PreprocessingJson.Parse(written, contract, sidecar);
                source = sidecar;
            }
            else
            {
                notes.Add($"{sidecar} is no preprocessing of LiveCam's (it has none of its settings), so it is not used.");
            }
        }
        contract = PreprocessingOptions.Parse(options, contract);
        if (options.Keys.Any(option => option.TrimStart('-') is "contract" or "scale" or "mean" or "std")) source = "the command line";
        if (contract.Channels != input.Channels || (input.Height > 0 && contract.Height != input.Height) || (input.Width > 0 && contract.Width != input.Width))
            throw new LiveCamException($"Cannot feed pictures to {path}: the preprocessing makes {contract.Channels}x{contract.Height}x{contract.Width}, "
                + $"but the model's input is {input.Channels}x{Extent(input.Height)}x{Extent(input.Width)} (channels, height, width); change the preprocessing to that.");
        return new(contract, labels is not null ? Labels.Load(labels) : ModelLabels.Find(files, classes), source, notes);

        static string Extent(int extent) => extent > 0 ? $"{extent}" : "?";
    }
}
