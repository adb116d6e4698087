using System.Security.Cryptography;
using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Vision;
using LiveCam.Networks;

namespace LiveCam.Teaching;

/// <summary>A network read at one of its layers: pictures in, feature vectors out. For one thread.</summary>
public sealed class Backbone : IDisposable
{
    private readonly Classifier network;

    private Backbone(Classifier network, string key) => (this.network, Key) = (network, key);

    /// <summary>
    /// Reads and plans a network.
    /// </summary>
    /// <param name="preprocessing">Command-line options, as <see cref="PreprocessingOptions"/> takes them.</param>
    /// <param name="layer">The value to read; null finds it.</param>
    /// <exception cref="LiveCamException">The model cannot be run there, or has no such layer.</exception>
    public static Backbone Open(string path, IReadOnlyDictionary<string, string> preprocessing, Device device, string? layer = null)
    {
        PictureModel model = PictureModel.Load(path, null, preprocessing);
        return Open(model, device, layer ?? PictureLayers.Features(model));
    }

    /// <summary>As above, of a network that was read from a file already; weights are shared with whoever else plans it.</summary>
    /// <exception cref="LiveCamException">The model cannot be run there, has no such layer, or its file is gone.</exception>
    public static Backbone Open(PictureModel model, Device device, string layer)
    {
        string key = KeyOf(model.Path!, layer, model.Contract);
        return new(Classifier.Create(model with { Classifies = false }, device, features: layer), key);
    }

    /// <summary>
    /// Names features that may be compared: the first 16 digits of the SHA-256 of the model file, the layer's name and the contract, so that whatever changes one
    /// of them has another cache.
    /// </summary>
    public string Key { get; }
    public string Layer => network.Features!;
    public PictureModel Model => network.Model;
    public Device Device => network.Device;

    /// <summary>How many features: the layer's channels.</summary>
    public int Dimension => network.FeatureCount;

    /// <summary>Runs the network on a picture.</summary>
    /// <param name="features"><see cref="Dimension"/> numbers: the layer's values, averaged over its places where it is a map.</param>
    public void Read(Picture picture, Span<float> features)
    {
        network.Run(picture);
        network.ReadFeatures(features);
    }

    public void Dispose() => network.Dispose();

    private static string KeyOf(string path, string layer, Preprocessing contract)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            using FileStream file = PlainFile.OpenRead(path);
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
