using System.Collections.Concurrent;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// A thread that owns a context and runs what is posted to it, in order. It takes the context over: it is made current
/// there, and disposed of with the thread.
/// </summary>
public sealed class GlThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private readonly bool _ownsContext;
    private bool _disposed;

    /// <summary>
    /// Starts the thread and loads the functions; throws what MakeCurrent or <see cref="GlContext.Load"/> throw.
    /// <paramref name="requiredVersion"/> is ten times the OpenGL version needed. <paramref name="ownsContext"/> is false for a
    /// context that may only be disposed of elsewhere (a window's, on the thread of windows), after this thread.
    /// </summary>
    public GlThread(GlContext context, string name = "gl", int requiredVersion = GlVersion.Compute, bool ownsContext = true)
    {
        (Context, _ownsContext) = (context, ownsContext);
        // Shader compilers recurse deeply.
        _thread = new Thread(Loop, maxStackSize: 16 << 20) { IsBackground = true, Name = name };
        _thread.Start();
        try
        {
            Gl = Run(() =>
            {
                context.MakeCurrent();
                return context.Load(requiredVersion);
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The context this thread owns.</summary>
    public GlContext Context { get; }

    /// <summary>The context's functions; use them only from delegates that run on this thread.</summary>
    public GL Gl { get; }

    /// <summary>Whether the calling thread is this one.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Runs on the context's thread and waits; rethrows what the delegate throws. On that thread it runs at once.</summary>
    public void Run(Action action)
    {
        if (IsCurrent) action();
        else Post(action).GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run(Action)"/>
    public T Run<T>(Func<T> function) =>
        IsCurrent ? function() : Post(function).GetAwaiter().GetResult();

    /// <summary>Queues work for the context's thread; the task carries the delegate's exception.</summary>
    public Task Post(Action action) => Post(() =>
    {
        action();
        return true;
    });

    /// <inheritdoc cref="Post(Action)"/>
    public Task<T> Post<T>(Func<T> function)
    {
        // Continuations run elsewhere, never on the thread that owns the context.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try { done.SetResult(function()); }
            catch (Exception e) { done.SetException(e); }
        });
        return done.Task;
    }

    private void Loop()
    {
        foreach (Action action in _work.GetConsumingEnumerable()) action();
        Context.Release();
        if (_ownsContext) Context.Dispose();
    }

    /// <summary>Finishes what is queued, then disposes of the context.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _work.CompleteAdding();
        if (!IsCurrent) _thread.Join();
    }
}
