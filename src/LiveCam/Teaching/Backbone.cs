using System.Security.Cryptography;
using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Networks;

namespace LiveCam.Teaching;

/// <summary>A network read at one of its layers: pictures in, feature vectors out. For one thread.</summary>
public sealed class Backbone : IDisposable
{
    private readonly Classifier network;
    private float[] buffer = [];

    private Backbone(Classifier network, string key) => (this.network, Key) = (network, key);

    /// <summary>
    /// Reads and plans a network.
    /// </summary>
    /// <param name="preprocessing">Command-line options, as <see cref="PreprocessingOptions"/> takes them.</param>
    /// <param name="layer">The value to read; null finds it.</param>
    /// <exception cref="LiveCamException">The model cannot be run there, or has no such layer.</exception>
    public static Backbone Open(string path, IReadOnlyDictionary<string, string> preprocessing, Device device, string? layer = null)
    {
        PictureModel model = PictureModel.Load(path, null, preprocessing) with { Classifies = false };
        layer ??= FeatureLayer.Find(model);
        return new(Classifier.Create(model, device, layer), KeyOf(path, layer, model.Contract));
    }

    /// <summary>
    /// Names features that may be compared: the first 16 digits of the SHA-256 of the model file, the layer's name and the contract, so that whatever changes one
    /// of them has another cache.
    /// </summary>
    public string Key { get; }
    public string Layer => network.Layer!;
    public PictureModel Model => network.Model;

    /// <summary>How many features: the layer's channels.</summary>
    public int Dimension => network.LayerShape is { Rank: 4 } shape ? shape[Model.Axes.Channel] : network.LayerShape.ElementCount;

    /// <summary>Runs the network on a picture.</summary>
    /// <param name="features"><see cref="Dimension"/> numbers: the layer's values, averaged over its places where it is a map.</param>
    public void Read(Picture picture, Span<float> features)
    {
        network.Run(picture);
        ReadOnlySpan<float> values = network.ReadLayer(ref buffer, out Form form);
        Shape shape = network.LayerShape;
        if (shape.Rank != 4)
        {
            // Whatever the rank, the axis that is longer than 1 is the features.
            int axis = 0;
            while (shape[axis] != features.Length) axis++;
            for (int i = 0; i < features.Length; i++) features[i] = values[checked((int)(i * form.Strides[axis]))];
            return;
        }
        (int rows, int columns) = (shape[Model.Axes.Row], shape[Model.Axes.Column]);
        (long across, long down, long right) = (form.Strides[Model.Axes.Channel], form.Strides[Model.Axes.Row], form.Strides[Model.Axes.Column]);
        for (int c = 0; c < features.Length; c++)
        {
            double sum = 0;
            for (int y = 0; y < rows; y++)
                for (int x = 0; x < columns; x++) sum += values[checked((int)(c * across + y * down + x * right))];
            features[c] = (float)(sum / (rows * columns));
        }
    }

    public void Dispose() => network.Dispose();

    private static string KeyOf(string path, string layer, Preprocessing contract)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            using FileStream file = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Reading the model {path}: {error.Message.TrimEnd('.')}.", error);
        }
        hash.AppendData(Encoding.UTF8.GetBytes($"{layer}\n{PreprocessingJson.Write(contract)}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
