namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Mapped memory through which another thread feeds the device, newest wins. The writer fills a free slot and publishes it;
/// the OpenGL thread takes the newest, issues commands that read it, and gives it back behind a fence. Neither ever waits.
/// </summary>
/// <remarks>The memory may be write-combined: write it once, in order, and never read it.</remarks>
public sealed unsafe class UploadRing : IDisposable
{
    private enum State { Free, Writing, Ready, Taken, InFlight }

    private readonly Gl _gl;
    private readonly Lock _lock = new();
    private readonly State[] _states;
    private readonly int[] _lengths;
    private readonly GlFence[] _fences;
    private readonly long _pitch;
    private byte* _memory;
    private uint _name;

    /// <summary>A ring of <paramref name="slots"/> slots of <paramref name="slotBytes"/> bytes; three let writing, waiting and reading overlap.</summary>
    public UploadRing(Gl gl, int slotBytes, int slots = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 2);
        _gl = gl;
        SlotBytes = slotBytes;
        _pitch = (slotBytes + 255L) / 256 * 256;              // 256 bytes suit every driver's binding alignment
        (_states, _lengths, _fences) = (new State[slots], new int[slots], new GlFence[slots]);
        const uint flags = GlEnum.MapWriteBit | GlEnum.MapPersistentBit | GlEnum.MapCoherentBit;
        _memory = MappedStorage.Create(gl, _pitch * slots, flags, flags, "upload ring", out _name);
    }

    /// <summary>The buffer behind all slots, as source of a texture upload (GL_PIXEL_UNPACK_BUFFER) or a storage range.</summary>
    public uint Name => _name;

    /// <summary>Capacity of one slot in bytes.</summary>
    public int SlotBytes { get; }

    /// <summary>Where a slot begins in the buffer, in bytes; a multiple of 256.</summary>
    public long OffsetOf(int slot) => slot * _pitch;

    /// <summary>Any thread: finds a free slot to write. False when all are in use; then the writer drops its data.</summary>
    public bool TryBeginWrite(out int slot, out Span<byte> memory)
    {
        lock (_lock)
        {
            slot = _memory == null ? -1 : Array.IndexOf(_states, State.Free);
            memory = slot < 0 ? default : new Span<byte>(_memory + OffsetOf(slot), SlotBytes);
            if (slot >= 0) _states[slot] = State.Writing;
            return slot >= 0;
        }
    }

    /// <summary>The writer: publishes <paramref name="bytes"/> bytes in place of anything published and not yet taken; 0 abandons the slot.</summary>
    public void EndWrite(int slot, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, SlotBytes);
        lock (_lock)
        {
            Expect(slot, State.Writing);
            int older = Array.IndexOf(_states, State.Ready);
            if (bytes > 0 && older >= 0) _states[older] = State.Free;
            (_states[slot], _lengths[slot]) = (bytes > 0 ? State.Ready : State.Free, bytes);
        }
    }

    /// <summary>OpenGL thread: takes the newest published slot; also frees slots whose commands have finished.</summary>
    public bool TryTake(out int slot, out int bytes)
    {
        lock (_lock)
        {
            for (int i = 0; i < _states.Length; i++)
                if (_states[i] == State.InFlight && _fences[i].IsPassed(_gl)) _states[i] = State.Free;
            slot = Array.IndexOf(_states, State.Ready);
            bytes = slot < 0 ? 0 : _lengths[slot];
            if (slot >= 0) _states[slot] = State.Taken;
            return slot >= 0;
        }
    }

    /// <summary>OpenGL thread: the commands issued so far are the last to read the slot; it is free once they have finished.</summary>
    public void Release(int slot)
    {
        lock (_lock)
        {
            Expect(slot, State.Taken);
            _fences[slot] = GlFence.Place(_gl);
            _states[slot] = State.InFlight;
        }
    }

    private void Expect(int slot, State state)
    {
        if (_states[slot] != state) throw new InvalidOperationException($"Upload slot {slot} is {_states[slot]}, not {state}.");
    }

    /// <summary>OpenGL thread, after the writer has stopped: spans it still holds become invalid.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            for (int i = 0; i < _fences.Length; i++) _fences[i].Drop(_gl);
            MappedStorage.Delete(_gl, ref _name);
            _memory = null;
        }
    }
}
