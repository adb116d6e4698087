using System.Buffers.Binary;
using System.Text;
using LiveCam.Engine;

namespace LiveCam.Reports;

/// <summary>Arrays as NumPy's files (format 1.0, numpy.org/doc/stable/reference/generated/numpy.lib.format.html).</summary>
internal static class NpyFile
{
    // The header ends at a multiple of this.
    private const int Alignment = 64;

    /// <summary>Writes float32, little-endian, <paramref name="height"/> rows of <paramref name="width"/>.</summary>
    /// <exception cref="LiveCamException">The place cannot be written.</exception>
    public static void Write(string path, float[] values, int width, int height) => WholeFile.Write(path, "Writing the map", file =>
    {
        string description = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({height}, {width}), }}";
        int start = (10 + description.Length + 1 + Alignment - 1) / Alignment * Alignment;
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)(start - 10), (byte)((start - 10) >> 8)]);
        file.Write(Encoding.ASCII.GetBytes(description.PadRight(start - 11) + "\n"));
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        file.Write(bytes);
    });
}
