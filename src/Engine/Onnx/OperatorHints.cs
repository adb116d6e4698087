namespace LiveCam.Engine.Onnx;

/// <summary>What a person can do about an operator LiveCam does not run.</summary>
internal static class OperatorHints
{
    private const string Control = "export it with loops unrolled, as tracing the model does",
        Recurrent = "LiveCam runs networks for pictures, without recurrent layers",
        Random = "export the network in evaluation mode, which draws nothing",
        Training = "export the network for inference, without its training step";

    private static readonly Dictionary<string, string> Table = new()
    {
        ["Loop"] = Control, ["Scan"] = Control, ["SequenceMap"] = Control,
        ["LSTM"] = Recurrent, ["GRU"] = Recurrent, ["RNN"] = Recurrent,
        ["RandomNormal"] = Random, ["RandomNormalLike"] = Random, ["RandomUniform"] = Random, ["RandomUniformLike"] = Random, ["Multinomial"] = Random, ["Bernoulli"] = Random,
        ["Adam"] = Training, ["Adagrad"] = Training, ["Momentum"] = Training, ["Gradient"] = Training,
        ["NonMaxSuppression"] = "export the detector without its post-processing, then boxes and scores are its outputs",
    };

    /// <summary>A hint as the end of a sentence, or nothing.</summary>
    /// <param name="domain">The operator's, empty for ONNX's own.</param>
    public static string For(string opType, string domain) => domain switch
    {
        "" or "ai.onnx" => Table.TryGetValue(opType, out string? hint) ? $"; {hint}" : "",
        "com.microsoft" => "; a program of ONNX Runtime fused it: take the file from before it was optimized or quantized there",
        "ai.onnx.ml" => "; it is for tables of numbers, not for pictures",
        _ => "; export the model with operators of ONNX itself",
    };
}
