using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>How the elements of a value follow each other in memory.</summary>
public enum Layout
{
    /// <summary>Dense, last axis fastest.</summary>
    RowMajor,
    /// <summary>N, then the spatial axes, then channels fastest, with a pixel pitch of at least C floats.</summary>
    ChannelsLast,
}

/// <summary>Element type, logical shape and memory layout of a value: everything but where it starts.</summary>
/// <param name="Pitch">Elements from one pixel to the next (channels-last only; 0 otherwise).</param>
public readonly record struct MemoryFormat(ElementType Type, Shape Shape, Layout Layout, int Pitch)
{
    public static MemoryFormat RowMajor(ElementType type, Shape shape) => new(type, shape, Layout.RowMajor, 0);

    public static MemoryFormat ChannelsLast(ElementType type, Shape shape) => new(type, shape, Layout.ChannelsLast, PitchOf(shape[1]));

    /// <summary>The pixel pitch a value of its own gets: 4 or 8 for few channels, else the next multiple of 16.</summary>
    public static int PitchOf(int channels) => channels <= 4 ? 4 : channels <= 8 ? 8 : (channels + 15) / 16 * 16;

    /// <summary>Elements between neighbours along each logical axis.</summary>
    public long[] Strides
    {
        get
        {
            var strides = new long[Shape.Rank];
            long stride = 1;
            if (Layout == Layout.ChannelsLast)
            {
                strides[1] = 1;
                stride = Pitch;
                for (int i = Shape.Rank - 1; i >= 2; i--)
                {
                    strides[i] = stride;
                    stride *= Shape[i];
                }
                strides[0] = stride;
                return strides;
            }
            for (int i = Shape.Rank - 1; i >= 0; i--)
            {
                strides[i] = stride;
                stride *= Shape[i];
            }
            return strides;
        }
    }

    /// <summary>The logical axes from the slowest to the fastest in memory.</summary>
    public int[] AxisOrder
    {
        get
        {
            int rank = Shape.Rank;
            var order = new int[rank];
            for (int i = 0; i < rank; i++)
                order[i] = Layout == Layout.ChannelsLast && i > 0 ? (i == rank - 1 ? 1 : i + 1) : i;
            return order;
        }
    }

    /// <summary>Elements from the first to the last, both included.</summary>
    public int Reach
    {
        get
        {
            long last = 0;
            long[] strides = Strides;
            for (int i = 0; i < strides.Length; i++)
                last += (Shape[i] - 1) * strides[i];
            return Shape.ElementCount == 0 ? 0 : checked((int)last + 1);
        }
    }

    /// <summary>Elements spanned in memory, the last pixel's unused lanes included.</summary>
    public long Span => Layout == Layout.RowMajor ? Shape.ElementCount : Shape.ElementCount == 0 ? 0 : (long)(Shape.ElementCount / Shape[1]) * Pitch;

    /// <summary>Whether the elements lie exactly as in dense row-major memory.</summary>
    public bool IsDense
    {
        get
        {
            if (Layout == Layout.RowMajor)
                return true;
            long[] strides = Strides;
            int[] dense = Shape.RowMajorStrides();
            for (int i = 0; i < Shape.Rank; i++)
                if (Shape[i] > 1 && strides[i] != dense[i])
                    return false;
            return true;
        }
    }

    /// <summary>Number of pixels: N times the spatial extents (rank 2 and up).</summary>
    public int Pixels => Shape[0] * Shape.CountOf(2, Shape.Rank);
}
