using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Explaining;

/// <summary>Maps go back to where the network's pixels came from, for every way a picture goes in.</summary>
public sealed class BackProjectionTests
{
    public static TheoryData<Preprocessing, int, int> Contracts
    {
        get
        {
            var data = new TheoryData<Preprocessing, int, int>();
            Preprocessing small = new() { Width = 24, Height = 20, Channels = 1, Mean = new(0), StandardDeviation = new(1) };
            foreach (Fit fit in Enum.GetValues<Fit>())
                foreach (int rotation in (ReadOnlySpan<int>)[0, 90, 180, 270])
                    foreach (bool mirror in (ReadOnlySpan<bool>)[false, true])
                        data.Add(small with { Fit = fit, Rotation = rotation, Mirror = mirror, CropFraction = 0.8 }, 97, 61);
            data.Add(small with { Region = new(0.2, 0.1, 0.5, 0.7) }, 97, 61);
            data.Add(small with { Resample = Resample.Bilinear, CropFraction = 0.875 }, 33, 201);
            data.Add(small with { Fit = Fit.Stretch }, 7, 5);
            return data;
        }
    }

    /// <summary>
    /// A picture of one bright spot goes in; of what comes back from the network's own input, the center of mass is where the spot was.
    /// </summary>
    [Theory]
    [MemberData(nameof(Contracts))]
    public void What_the_network_sees_comes_back_to_where_it_was(Preprocessing contract, int width, int height)
    {
        (int x, int y) = (width * 11 / 20, height * 9 / 20);
        var picture = new Picture(width, height, PixelFormat.Gray8);
        int reach = Math.Max(0, Math.Min(width, height) / 16);
        for (int dy = -reach; dy <= reach; dy++) picture.Row(y + dy).Slice(x - reach, 2 * reach + 1).Fill(255);
        var input = new float[contract.Width * contract.Height];
        new PreprocessingCpu(contract).Run(picture, input, TensorStrides.Planar(contract.Width, contract.Height));
        float[] back = BackProjection.Run(input, contract.Width, contract.Height, contract, width, height);
        Assert.Equal(width * height, back.Length);
        double mass = back.Sum(value => (double)value), meanX = 0, meanY = 0;
        for (int i = 0; i < back.Length; i++) (meanX, meanY) = (meanX + back[i] * (i % width) / mass, meanY + back[i] * (i / width) / mass);
        // Half a pixel of the coarser of both grids, along each axis.
        Assert.Equal(x, meanX, Math.Max(0.5, 0.5 * width / contract.Height));
        Assert.Equal(y, meanY, Math.Max(0.5, 0.5 * height / contract.Height));
    }

    [Fact]
    public void Outside_the_crop_there_is_nothing()
    {
        Preprocessing contract = new() { Width = 10, Height = 10 };
        float[] back = BackProjection.Run([2], 1, 1, contract, 40, 20);
        bool[] seen = Engine.Explaining.ExplainMap.Seen(contract, 40, 20);
        for (int i = 0; i < back.Length; i++)
        {
            bool inside = i % 40 is >= 10 and < 30;
            Assert.Equal(inside ? 2 : 0, back[i], 1e-6);
            Assert.Equal(inside, seen[i]);
        }
    }
}
