using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Data;

/// <summary>Some samples of another set.</summary>
internal sealed class Subset(DataSet set, int[] samples, string name) : DataSet(name, set.Classes, set.IsMultiLabel)
{
    public override int Count => samples.Length;
    public override bool ReadsFiles => set.ReadsFiles;
    public override (int Width, int Height)? PictureSize => set.PictureSize;
    public override Picture Read(int sample) => set.Read(samples[sample]);
    public override ReadOnlySpan<int> Labels(int sample) => set.Labels(samples[sample]);
    public override string NameOf(int sample) => set.NameOf(samples[sample]);
    public override string? Burst(int sample) => set.Burst(samples[sample]);
}
