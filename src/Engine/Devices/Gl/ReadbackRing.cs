using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Small results on their way to the CPU: a copy on the device into mapped client memory, a fence, and a look at it a frame
/// or two later. Nothing waits; when all slots are under way a result is dropped. One thread, the one with the context.
/// </summary>
public sealed unsafe class ReadbackRing : IDisposable
{
    /// <summary>A range of a buffer, in bytes.</summary>
    public readonly record struct Piece(uint Buffer, long Offset, int Bytes);

    private struct Slot
    {
        public GlFence Fence;
        public bool Busy;
        public int Bytes;
        public long Tag;
        public long Order;
    }

    private readonly GL _gl;
    private readonly Slot[] _slots;
    private readonly long _pitch;
    private byte* _memory;
    private uint _name;
    private long _order;
    private int _shown = -1;                                  // the slot whose span the caller holds

    /// <summary>A ring of <paramref name="slots"/> slots of <paramref name="slotBytes"/> bytes; one of them holds the newest result.</summary>
    public ReadbackRing(GL gl, int slotBytes, int slots = 4)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 2);
        _gl = gl;
        SlotBytes = slotBytes;
        _pitch = (slotBytes + 63L) / 64 * 64;
        _slots = new Slot[slots];
        _memory = MappedStorage.Create(gl, _pitch * slots,
            BufferStorageMask.MapReadBit | BufferStorageMask.MapPersistentBit | BufferStorageMask.MapCoherentBit | BufferStorageMask.ClientStorageBit,
            MapBufferAccessMask.ReadBit | MapBufferAccessMask.PersistentBit | MapBufferAccessMask.CoherentBit, "readback ring", out _name);
    }

    /// <summary>Capacity of one slot in bytes.</summary>
    public int SlotBytes { get; }

    /// <summary>
    /// Issues the copy of <paramref name="bytes"/> bytes of a buffer, behind all shader writes so far. <paramref name="tag"/> comes
    /// back with them (a frame number). False when every slot is under way.
    /// </summary>
    public bool TryCopy(uint buffer, long offset, int bytes, long tag) => TryCopy([new(buffer, offset, bytes)], tag);

    /// <summary>As above with several ranges, which arrive together, one behind the other.</summary>
    public bool TryCopy(ReadOnlySpan<Piece> pieces, long tag)
    {
        int bytes = 0;
        foreach (Piece piece in pieces)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(piece.Bytes);
            bytes += piece.Bytes;
        }
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, SlotBytes);
        for (int i = 0; i < _slots.Length; i++)
        {
            ref Slot slot = ref _slots[i];
            if (slot.Busy || i == _shown) continue;
            _gl.MemoryBarrier(MemoryBarrierMask.BufferUpdateBarrierBit);
            long at = i * _pitch;
            foreach (Piece piece in pieces)
            {
                _gl.CopyNamedBufferSubData(piece.Buffer, _name, (nint)piece.Offset, (nint)at, (nuint)piece.Bytes);
                at += piece.Bytes;
            }
            slot = new Slot { Fence = GlFence.Place(_gl), Busy = true, Bytes = bytes, Tag = tag, Order = ++_order };
            return true;
        }
        return false;
    }

    /// <summary>
    /// The newest result that has arrived since the last call, valid until the next call that returns true; older ones that
    /// arrived with it are skipped. False when nothing new has arrived.
    /// </summary>
    public bool TryRead(out ReadOnlySpan<byte> data, out long tag)
    {
        int newest = -1;
        for (int i = 0; i < _slots.Length; i++)
        {
            ref Slot slot = ref _slots[i];
            if (!slot.Busy || !slot.Fence.IsPassed(_gl)) continue;
            slot.Busy = false;
            if (newest < 0 || slot.Order > _slots[newest].Order) newest = i;
        }
        if (newest >= 0) _shown = newest;
        data = newest < 0 ? default : new ReadOnlySpan<byte>(_memory + newest * _pitch, _slots[newest].Bytes);
        tag = newest < 0 ? 0 : _slots[newest].Tag;
        return newest >= 0;
    }

    public void Dispose()
    {
        for (int i = 0; i < _slots.Length; i++) _slots[i].Fence.Drop(_gl);
        MappedStorage.Delete(_gl, ref _name);
        _memory = null;
    }
}
