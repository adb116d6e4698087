using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>A point in the command stream that can be asked about without waiting. A default value stands for "passed".</summary>
internal unsafe struct GlFence
{
    private nint _sync;
    private bool _flushed;

    /// <summary>A fence behind the commands issued so far.</summary>
    public static GlFence Place(GL gl) => new() { _sync = gl.FenceSync(SyncCondition.SyncGpuCommandsComplete, SyncBehaviorFlags.None) };

    /// <summary>Whether the device has come past; the first question also sends the commands on their way. Frees the fence when passed.</summary>
    public bool IsPassed(GL gl)
    {
        if (_sync == 0) return true;
        GLEnum answer = gl.ClientWaitSync(_sync, _flushed ? 0 : SyncObjectMask.Bit, 0);
        _flushed = true;
        // A failed wait means a lost context: nothing will ever signal, so nothing is worth keeping.
        if (answer == GLEnum.TimeoutExpired) return false;
        Drop(gl);
        return true;
    }

    /// <summary>Forgets the fence.</summary>
    public void Drop(GL gl)
    {
        if (_sync != 0) gl.DeleteSync(_sync);
        this = default;
    }
}
