using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Tests.Devices.Gl;

/// <summary>The one OpenGL thread of the test run; tests that use it skip where no context can be made.</summary>
public sealed class GlFixture : IDisposable
{
    private readonly GlThread? _thread;
    private readonly string _reason = "";
    private GlDevice? _device;

    public GlFixture()
    {
        try
        {
            _thread = new GlThread(EglContext.Create());
            _thread.Run(_thread.Gl.EnableDebug);
        }
        catch (LiveCamException e)
        {
            _reason = e.Message;
        }
    }

    /// <summary>The thread that owns the context; skips the test when there is none.</summary>
    public GlThread Thread => _thread ?? throw Requirements.Missing("gl", $"no OpenGL: {_reason}");

    /// <summary>The one device on that thread; whoever disposes of it ends the thread.</summary>
    public GlDevice Device => _device ??= new GlDevice(Thread, cacheDirectory: null);

    /// <summary>What the driver allows.</summary>
    public GlCaps Caps => Run(GlCaps.Of);

    /// <summary>Runs on the OpenGL thread; an OpenGL error that the test leaves behind fails it, and no other test.</summary>
    public T Run<T>(Func<GL, T> function) => Thread.Run(() =>
    {
        try
        {
            T result = function(Thread.Gl);
            Thread.Gl.Check("running the test");
            return result;
        }
        finally
        {
            DropErrors(Thread.Gl);
        }
    });

    /// <inheritdoc cref="Run{T}(Func{GL, T})"/>
    public void Run(Action<GL> action) => Run(gl =>
    {
        action(gl);
        return true;
    });

    private static void DropErrors(GL gl)
    {
        for (int i = 0; i < 16 && gl.GetError() != GLEnum.NoError; i++) { }
    }

    public void Dispose()
    {
        _device?.Dispose();
        _thread?.Dispose();
    }
}

/// <summary>Tests that share the context: <c>[Collection(GlCollection.Name)]</c>.</summary>
[CollectionDefinition(Name)]
public sealed class GlCollection : ICollectionFixture<GlFixture>
{
    public const string Name = "OpenGL";
}
