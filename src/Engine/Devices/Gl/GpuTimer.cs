using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// Device time per stage of a frame, by timestamp queries. Four frames are under way at once and a frame is read only when
/// all its timestamps have arrived, so timing costs no wait; a frame that finds no free slot goes untimed.
/// </summary>
public sealed unsafe class GpuTimer : IDisposable
{
    private const int Frames = 4;

    private readonly GL _gl;
    private readonly uint[] _queries;                          // [frame][stage][begin, end]
    private readonly bool[] _issued;                           // the same order
    private readonly uint[] _last = new uint[Frames];          // the query issued last; 0 while the frame is free
    private readonly long[] _numbers = new long[Frames];
    private int _open = -1;
    private long _number;

    /// <summary>A timer of <paramref name="stages"/> stages, numbered from 0.</summary>
    public GpuTimer(GL gl, int stages)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stages);
        _gl = gl;
        Stages = stages;
        _queries = new uint[Frames * stages * 2];
        _issued = new bool[_queries.Length];
        IsSupported = gl.GetQuery(GLEnum.Timestamp, GLEnum.QueryCounterBits) > 0;
        gl.GenQueries(_queries);
        // A name becomes an object at its first use: now, so that their number never grows while frames pile up.
        if (IsSupported)
            foreach (uint query in _queries) gl.QueryCounter(query, GLEnum.Timestamp);
    }

    /// <summary>Stages per frame.</summary>
    public int Stages { get; }

    /// <summary>False where the driver's timestamps have no bits; then no frame is timed.</summary>
    public bool IsSupported { get; }

    /// <summary>Begins a frame and returns its number, counting from 1.</summary>
    public long BeginFrame()
    {
        _open = IsSupported ? Array.IndexOf(_last, 0u) : -1;
        _number++;
        if (_open >= 0)
        {
            Array.Clear(_issued, _open * Stages * 2, Stages * 2);
            _numbers[_open] = _number;
        }
        return _number;
    }

    /// <summary>Marks the beginning of a stage; each stage at most once a frame.</summary>
    public void Begin(int stage) => Mark(stage, 0);

    /// <summary>Marks the end of a stage.</summary>
    public void End(int stage) => Mark(stage, 1);

    /// <summary>Ends the frame.</summary>
    public void EndFrame() => _open = -1;

    private void Mark(int stage, int end)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)stage, (uint)Stages);
        if (_open < 0) return;
        int index = (_open * Stages + stage) * 2 + end;
        if (_issued[index]) return;
        _gl.QueryCounter(_queries[index], GLEnum.Timestamp);
        _issued[index] = true;
        _last[_open] = _queries[index];
    }

    /// <summary>
    /// Reads the newest frame that has arrived since the last call: milliseconds per stage, NaN for stages it did not run.
    /// False when none has arrived. <paramref name="milliseconds"/> holds <see cref="Stages"/> values.
    /// </summary>
    public bool TryRead(Span<double> milliseconds, out long frame)
    {
        frame = 0;
        int newest = -1;
        for (int i = 0; i < Frames; i++)
        {
            if (i == _open || _last[i] == 0 || !HasArrived(_last[i])) continue;
            if (newest < 0 || _numbers[i] > _numbers[newest])
            {
                if (newest >= 0) _last[newest] = 0;
                newest = i;
            }
            else _last[i] = 0;
        }
        if (newest < 0) return false;
        for (int stage = 0; stage < Stages; stage++)
        {
            int index = (newest * Stages + stage) * 2;
            milliseconds[stage] = _issued[index] && _issued[index + 1] ? (Nanoseconds(index + 1) - Nanoseconds(index)) * 1e-6 : double.NaN;
        }
        frame = _numbers[newest];
        _last[newest] = 0;
        return true;
    }

    // Timestamps arrive in the order they were issued, so the last one speaks for its frame.
    private bool HasArrived(uint query)
    {
        uint available = 0;
        _gl.GetQueryObject(query, GLEnum.QueryResultAvailable, &available);
        return available != 0;
    }

    private long Nanoseconds(int index)
    {
        ulong value = 0;
        _gl.GetQueryObject(_queries[index], GLEnum.QueryResult, &value);
        return (long)value;
    }

    public void Dispose()
    {
        _gl.DeleteQueries(_queries);
        Array.Clear(_last);
    }
}
