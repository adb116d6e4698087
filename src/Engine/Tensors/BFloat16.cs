namespace LiveCam.Engine.Tensors;

/// <summary>The upper half of a float32: 8 bits of exponent and 7 of fraction. It is only stored; arithmetic is done in float32.</summary>
public readonly record struct BFloat16(ushort Bits)
{
    public static explicit operator float(BFloat16 x) => BitConverter.UInt32BitsToSingle((uint)x.Bits << 16);

    /// <summary>To the nearest, halves to even; NaN stays NaN.</summary>
    public static explicit operator BFloat16(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        return new((ushort)(float.IsNaN(x) ? bits >> 16 | 0x40 : (bits + 0x7FFF + (bits >> 16 & 1)) >> 16));
    }
}
