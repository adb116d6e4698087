using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>The pictures of a motion JPEG source, one file each, of which some may be torn or damaged.</summary>
/// <remarks>
/// When a connection breaks, the first part of its last picture may come as if it were one; a decoder fills it up with gray and says nothing.
/// So once a picture had its end marker, one without it is torn. Each states its own size, which may change from one to the next.
/// </remarks>
internal sealed class JpegStream(string name)
{
    /// <summary>So many in a row that cannot be shown are an error.</summary>
    private const int MostDamaged = 30;

    private bool isMarked;
    private int damaged;

    /// <summary>Decodes a picture into the slot, whose memory is used again when the size fits.</summary>
    /// <returns>False for a picture to be left out.</returns>
    /// <exception cref="LiveCamException">Too many in a row had to be left out; the reason of the last.</exception>
    public bool TryDecode(ReadOnlySpan<byte> file, ref Picture? slot)
    {
        // Zeros and line ends after the marker are padding.
        bool ends = file.TrimEnd("\0\r\n"u8).EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]);
        isMarked |= ends;
        string reason = "a part of it is missing";
        if (ends || !isMarked)
        {
            try
            {
                ImageFile.DecodeFrame(file, name, ref slot);
                damaged = 0;
                return true;
            }
            catch (LiveCamException error)
            {
                reason = error.Message.TrimEnd('.');
            }
        }
        if (++damaged < MostDamaged) return false;
        throw new LiveCamException($"Reading {name}: {MostDamaged} pictures in a row could not be shown; of the last one, {reason}.");
    }
}
