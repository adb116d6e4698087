using LiveCam.Engine.Vision;

namespace LiveCam.Plugins.Overlay;

/// <summary>What a network is given, as a picture: the numbers of its input turned back into colors, so that crop, size, order and range are seen.</summary>
internal sealed class InputPicture
{
    private PreprocessingCpu? preprocessing;
    private float[] numbers = [];
    private Picture? made;

    /// <summary>The picture, which is the same object until the contract is another one. Numbers that stand for no color are cut off at black and white.</summary>
    public Picture Of(Preprocessing contract, Picture picture, bool isNew)
    {
        bool isOther = preprocessing is null || !ReferenceEquals(preprocessing.Contract, contract);
        if (isOther)
        {
            preprocessing = new PreprocessingCpu(contract);
            numbers = new float[contract.Channels * contract.Height * contract.Width];
            made = new Picture(contract.Width, contract.Height, PixelFormat.Bgr8);
        }
        if (isOther || isNew) Fill(contract, picture, made!);
        return made!;
    }

    private void Fill(Preprocessing contract, Picture from, Picture to)
    {
        preprocessing!.Run(from, numbers, TensorStrides.Planar(contract.Width, contract.Height));
        int area = contract.Width * contract.Height;
        for (int blueFirst = 0; blueFirst < 3; blueFirst++)
        {
            int channel = contract.Channels == 1 ? 0 : contract.Order == ColourOrder.Bgr ? blueFirst : 2 - blueFirst;
            float mean = (float)contract.Mean[contract.Mean.Count == 1 ? 0 : channel], deviation = (float)contract.StandardDeviation[contract.StandardDeviation.Count == 1 ? 0 : channel], scale = (float)contract.Scale;
            for (int i = 0; i < area; i++) to.Bytes[i * 3 + blueFirst] = (byte)Math.Clamp((numbers[channel * area + i] * deviation + mean) / scale + 0.5f, 0, 255);
        }
        to.MarkChanged();
    }
}
