namespace LiveCam.Engine.Devices.Gl;

// The table itself: one field per OpenGL entry point, named as in the OpenGL registry without the "gl", with the C
// signature in C# types (GLsizeiptr and GLsync are nint, GLboolean is byte, strings are zero-terminated UTF-8).
public sealed unsafe partial class Gl
{
    // Core state
    public readonly delegate* unmanaged<uint, byte*> GetString;
    public readonly delegate* unmanaged<uint> GetError;
    public readonly delegate* unmanaged<uint, int*, void> GetIntegerv;
    public readonly delegate* unmanaged<uint, void> Enable;
    public readonly delegate* unmanaged<uint, void> Disable;
    public readonly delegate* unmanaged<int, int, int, int, void> Viewport;
    public readonly delegate* unmanaged<int, int, int, int, void> Scissor;
    public readonly delegate* unmanaged<uint, void> Clear;
    public readonly delegate* unmanaged<float, float, float, float, void> ClearColor;
    public readonly delegate* unmanaged<uint, uint, void> BlendFunc;
    public readonly delegate* unmanaged<void> Finish;
    public readonly delegate* unmanaged<void> Flush;
    public readonly delegate* unmanaged<uint, int, void> PixelStorei;
    public readonly delegate* unmanaged<uint, void> ReadBuffer;
    public readonly delegate* unmanaged<int, int, int, int, uint, uint, void*, void> ReadPixels;
    public readonly delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void> TexImage2D;
    public readonly delegate* unmanaged<uint, uint, int, void> TexParameteri;
    public readonly delegate* unmanaged<uint, uint, void> BindTexture;
    public readonly delegate* unmanaged<int, uint*, void> GenTextures;
    public readonly delegate* unmanaged<int, uint*, void> DeleteTextures;
    public readonly delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void> TexSubImage2D;
    public readonly delegate* unmanaged<uint, int, int, void> DrawArrays;
    public readonly delegate* unmanaged<uint, int, uint, void*, void> DrawElements;
    public readonly delegate* unmanaged<uint, void> ActiveTexture;
    public readonly delegate* unmanaged<uint, uint, uint, uint, void> BlendFuncSeparate;
    public readonly delegate* unmanaged<byte, byte, byte, byte, void> ColorMask;

    // Buffers and queries
    public readonly delegate* unmanaged<int, uint*, void> GenBuffers;
    public readonly delegate* unmanaged<int, uint*, void> DeleteBuffers;
    public readonly delegate* unmanaged<uint, uint, void> BindBuffer;
    public readonly delegate* unmanaged<uint, nint, void*, uint, void> BufferData;
    public readonly delegate* unmanaged<uint, nint, nint, void*, void> BufferSubData;
    public readonly delegate* unmanaged<uint, byte> UnmapBuffer;
    public readonly delegate* unmanaged<int, uint*, void> GenQueries;
    public readonly delegate* unmanaged<int, uint*, void> DeleteQueries;
    public readonly delegate* unmanaged<uint, uint, int*, void> GetQueryiv;
    public readonly delegate* unmanaged<uint, uint, uint*, void> GetQueryObjectuiv;
    public readonly delegate* unmanaged<uint, uint, uint, nint, nint, void> BindBufferRange;
    public readonly delegate* unmanaged<uint, uint, uint, void> BindBufferBase;
    public readonly delegate* unmanaged<uint, nint, nint, uint, void*> MapBufferRange;
    public readonly delegate* unmanaged<uint, uint, void> QueryCounter;
    public readonly delegate* unmanaged<uint, uint, ulong*, void> GetQueryObjectui64v;

    // Programs
    public readonly delegate* unmanaged<uint, uint> CreateShader;
    public readonly delegate* unmanaged<uint, int, byte**, int*, void> ShaderSource;
    public readonly delegate* unmanaged<uint, void> CompileShader;
    public readonly delegate* unmanaged<uint, uint, int*, void> GetShaderiv;
    public readonly delegate* unmanaged<uint, int, int*, byte*, void> GetShaderInfoLog;
    public readonly delegate* unmanaged<uint, void> DeleteShader;
    public readonly delegate* unmanaged<uint> CreateProgram;
    public readonly delegate* unmanaged<uint, uint, void> AttachShader;
    public readonly delegate* unmanaged<uint, uint, void> DetachShader;
    public readonly delegate* unmanaged<uint, void> LinkProgram;
    public readonly delegate* unmanaged<uint, uint, int*, void> GetProgramiv;
    public readonly delegate* unmanaged<uint, int, int*, byte*, void> GetProgramInfoLog;
    public readonly delegate* unmanaged<uint, void> DeleteProgram;
    public readonly delegate* unmanaged<uint, void> UseProgram;
    public readonly delegate* unmanaged<uint, byte*, int> GetUniformLocation;
    public readonly delegate* unmanaged<int, int, void> Uniform1i;
    public readonly delegate* unmanaged<int, float, void> Uniform1f;
    public readonly delegate* unmanaged<int, float, float, void> Uniform2f;
    public readonly delegate* unmanaged<int, float, float, float, void> Uniform3f;
    public readonly delegate* unmanaged<int, float, float, float, float, void> Uniform4f;
    public readonly delegate* unmanaged<int, int, byte, float*, void> UniformMatrix4fv;
    public readonly delegate* unmanaged<int, uint, void> Uniform1ui;
    public readonly delegate* unmanaged<uint, uint, int, void> ProgramParameteri;
    public readonly delegate* unmanaged<uint, int, int*, uint*, void*, void> GetProgramBinary;
    public readonly delegate* unmanaged<uint, uint, void*, int, void> ProgramBinary;
    public readonly delegate* unmanaged<uint, int, int, void> ProgramUniform1i;
    public readonly delegate* unmanaged<uint, int, uint, void> ProgramUniform1ui;
    public readonly delegate* unmanaged<uint, int, float, void> ProgramUniform1f;

    // Drawing
    public readonly delegate* unmanaged<uint, int, uint, byte, int, void*, void> VertexAttribPointer;
    public readonly delegate* unmanaged<uint, void> EnableVertexAttribArray;
    public readonly delegate* unmanaged<uint, uint, byte*> GetStringi;
    public readonly delegate* unmanaged<uint, uint, int*, void> GetIntegeri_v;
    public readonly delegate* unmanaged<int, uint*, void> GenVertexArrays;
    public readonly delegate* unmanaged<uint, void> BindVertexArray;
    public readonly delegate* unmanaged<int, uint*, void> DeleteVertexArrays;
    public readonly delegate* unmanaged<uint, int, uint, int, void*, void> VertexAttribIPointer;
    public readonly delegate* unmanaged<int, uint*, void> GenFramebuffers;
    public readonly delegate* unmanaged<uint, uint, void> BindFramebuffer;
    public readonly delegate* unmanaged<int, uint*, void> DeleteFramebuffers;
    public readonly delegate* unmanaged<uint, uint, uint, uint, int, void> FramebufferTexture2D;
    public readonly delegate* unmanaged<uint, uint> CheckFramebufferStatus;
    public readonly delegate* unmanaged<int, int, int, int, int, int, int, int, uint, uint, void> BlitFramebuffer;
    public readonly delegate* unmanaged<uint, void> GenerateMipmap;
    public readonly delegate* unmanaged<uint, int, int, int, void> DrawArraysInstanced;
    public readonly delegate* unmanaged<uint, uint, void> VertexAttribDivisor;
    public readonly delegate* unmanaged<uint, uint, uint, void> TexBuffer;
    public readonly delegate* unmanaged<uint, uint, void> BindSampler;

    // Synchronisation
    public readonly delegate* unmanaged<uint, uint, nint> FenceSync;
    public readonly delegate* unmanaged<nint, uint, ulong, uint> ClientWaitSync;
    public readonly delegate* unmanaged<nint, void> DeleteSync;
    public readonly delegate* unmanaged<uint, long*, void> GetInteger64v;

    // Compute and images
    public readonly delegate* unmanaged<uint, void> MemoryBarrier;
    public readonly delegate* unmanaged<uint, uint, int, byte, int, uint, uint, void> BindImageTexture;
    public readonly delegate* unmanaged<uint, int, uint, int, int, void> TexStorage2D;
    public readonly delegate* unmanaged<uint, uint, uint, void> DispatchCompute;
    public readonly delegate* unmanaged<delegate* unmanaged<uint, uint, uint, uint, int, byte*, void*, void>, void*, void> DebugMessageCallback;
    public readonly delegate* unmanaged<uint, uint, uint, int, uint*, byte, void> DebugMessageControl;
    public readonly delegate* unmanaged<uint, uint, int, byte*, void> ObjectLabel;
    public readonly delegate* unmanaged<uint, uint, int, uint*, nint*, nint*, void> BindBuffersRange;

    // Direct state access
    public readonly delegate* unmanaged<int, uint*, void> CreateBuffers;
    public readonly delegate* unmanaged<uint, nint, void*, uint, void> NamedBufferStorage;
    public readonly delegate* unmanaged<uint, nint, nint, void*, void> NamedBufferSubData;
    public readonly delegate* unmanaged<uint, nint, nint, void*, void> GetNamedBufferSubData;
    public readonly delegate* unmanaged<uint, nint, nint, uint, void*> MapNamedBufferRange;
    public readonly delegate* unmanaged<uint, byte> UnmapNamedBuffer;
    public readonly delegate* unmanaged<uint, uint, nint, nint, nint, void> CopyNamedBufferSubData;
    public readonly delegate* unmanaged<uint, uint, nint, nint, uint, uint, void*, void> ClearNamedBufferSubData;
    public readonly delegate* unmanaged<uint, int, uint*, void> CreateTextures;
    public readonly delegate* unmanaged<uint, int, uint, int, int, void> TextureStorage2D;
    public readonly delegate* unmanaged<uint, int, uint, int, int, int, void> TextureStorage3D;
    public readonly delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void> TextureSubImage2D;
    public readonly delegate* unmanaged<uint, int, int, int, int, int, int, int, uint, uint, void*, void> TextureSubImage3D;
    public readonly delegate* unmanaged<uint, uint, int, void> TextureParameteri;
    public readonly delegate* unmanaged<uint, int, uint, uint, int, void*, void> GetTextureImage;
    public readonly delegate* unmanaged<uint, uint, void> BindTextureUnit;
    public readonly delegate* unmanaged<int, uint*, void> CreateFramebuffers;
    public readonly delegate* unmanaged<uint, uint, uint, int, void> NamedFramebufferTexture;
    public readonly delegate* unmanaged<uint, uint, uint, int, int, void> NamedFramebufferTextureLayer;
    public readonly delegate* unmanaged<uint, uint, uint> CheckNamedFramebufferStatus;
    public readonly delegate* unmanaged<int, uint*, void> CreateVertexArrays;
    public readonly delegate* unmanaged<uint, uint, int, uint, byte, uint, void> VertexArrayAttribFormat;
    public readonly delegate* unmanaged<uint, uint, uint, void> VertexArrayAttribBinding;
    public readonly delegate* unmanaged<uint, uint, uint, nint, int, void> VertexArrayVertexBuffer;
    public readonly delegate* unmanaged<uint, uint, void> EnableVertexArrayAttrib;
    public readonly delegate* unmanaged<uint, int, uint*, void> CreateQueries;

    // The number beside each name is the OpenGL version it belongs to; above the required version it may stay null.
    private Gl(Func<string, nint> getProcAddress, int required, int version)
    {
        _getProcAddress = getProcAddress;
        _required = required;
        Version = version;

        // Core state
        GetString = (delegate* unmanaged<uint, byte*>)Need("glGetString", 10);
        GetError = (delegate* unmanaged<uint>)Need("glGetError", 10);
        GetIntegerv = (delegate* unmanaged<uint, int*, void>)Need("glGetIntegerv", 10);
        Enable = (delegate* unmanaged<uint, void>)Need("glEnable", 10);
        Disable = (delegate* unmanaged<uint, void>)Need("glDisable", 10);
        Viewport = (delegate* unmanaged<int, int, int, int, void>)Need("glViewport", 10);
        Scissor = (delegate* unmanaged<int, int, int, int, void>)Need("glScissor", 10);
        Clear = (delegate* unmanaged<uint, void>)Need("glClear", 10);
        ClearColor = (delegate* unmanaged<float, float, float, float, void>)Need("glClearColor", 10);
        BlendFunc = (delegate* unmanaged<uint, uint, void>)Need("glBlendFunc", 10);
        Finish = (delegate* unmanaged<void>)Need("glFinish", 10);
        Flush = (delegate* unmanaged<void>)Need("glFlush", 10);
        PixelStorei = (delegate* unmanaged<uint, int, void>)Need("glPixelStorei", 10);
        ReadBuffer = (delegate* unmanaged<uint, void>)Need("glReadBuffer", 10);
        ReadPixels = (delegate* unmanaged<int, int, int, int, uint, uint, void*, void>)Need("glReadPixels", 10);
        TexImage2D = (delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void>)Need("glTexImage2D", 10);
        TexParameteri = (delegate* unmanaged<uint, uint, int, void>)Need("glTexParameteri", 10);
        BindTexture = (delegate* unmanaged<uint, uint, void>)Need("glBindTexture", 11);
        GenTextures = (delegate* unmanaged<int, uint*, void>)Need("glGenTextures", 11);
        DeleteTextures = (delegate* unmanaged<int, uint*, void>)Need("glDeleteTextures", 11);
        TexSubImage2D = (delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void>)Need("glTexSubImage2D", 11);
        DrawArrays = (delegate* unmanaged<uint, int, int, void>)Need("glDrawArrays", 11);
        DrawElements = (delegate* unmanaged<uint, int, uint, void*, void>)Need("glDrawElements", 11);
        ActiveTexture = (delegate* unmanaged<uint, void>)Need("glActiveTexture", 13);
        BlendFuncSeparate = (delegate* unmanaged<uint, uint, uint, uint, void>)Need("glBlendFuncSeparate", 14);
        ColorMask = (delegate* unmanaged<byte, byte, byte, byte, void>)Need("glColorMask", 10);

        // Buffers and queries
        GenBuffers = (delegate* unmanaged<int, uint*, void>)Need("glGenBuffers", 15);
        DeleteBuffers = (delegate* unmanaged<int, uint*, void>)Need("glDeleteBuffers", 15);
        BindBuffer = (delegate* unmanaged<uint, uint, void>)Need("glBindBuffer", 15);
        BufferData = (delegate* unmanaged<uint, nint, void*, uint, void>)Need("glBufferData", 15);
        BufferSubData = (delegate* unmanaged<uint, nint, nint, void*, void>)Need("glBufferSubData", 15);
        UnmapBuffer = (delegate* unmanaged<uint, byte>)Need("glUnmapBuffer", 15);
        GenQueries = (delegate* unmanaged<int, uint*, void>)Need("glGenQueries", 15);
        DeleteQueries = (delegate* unmanaged<int, uint*, void>)Need("glDeleteQueries", 15);
        GetQueryiv = (delegate* unmanaged<uint, uint, int*, void>)Need("glGetQueryiv", 15);
        GetQueryObjectuiv = (delegate* unmanaged<uint, uint, uint*, void>)Need("glGetQueryObjectuiv", 15);
        BindBufferRange = (delegate* unmanaged<uint, uint, uint, nint, nint, void>)Need("glBindBufferRange", 30);
        BindBufferBase = (delegate* unmanaged<uint, uint, uint, void>)Need("glBindBufferBase", 30);
        MapBufferRange = (delegate* unmanaged<uint, nint, nint, uint, void*>)Need("glMapBufferRange", 30);
        QueryCounter = (delegate* unmanaged<uint, uint, void>)Need("glQueryCounter", 33);
        GetQueryObjectui64v = (delegate* unmanaged<uint, uint, ulong*, void>)Need("glGetQueryObjectui64v", 33);

        // Programs
        CreateShader = (delegate* unmanaged<uint, uint>)Need("glCreateShader", 20);
        ShaderSource = (delegate* unmanaged<uint, int, byte**, int*, void>)Need("glShaderSource", 20);
        CompileShader = (delegate* unmanaged<uint, void>)Need("glCompileShader", 20);
        GetShaderiv = (delegate* unmanaged<uint, uint, int*, void>)Need("glGetShaderiv", 20);
        GetShaderInfoLog = (delegate* unmanaged<uint, int, int*, byte*, void>)Need("glGetShaderInfoLog", 20);
        DeleteShader = (delegate* unmanaged<uint, void>)Need("glDeleteShader", 20);
        CreateProgram = (delegate* unmanaged<uint>)Need("glCreateProgram", 20);
        AttachShader = (delegate* unmanaged<uint, uint, void>)Need("glAttachShader", 20);
        DetachShader = (delegate* unmanaged<uint, uint, void>)Need("glDetachShader", 20);
        LinkProgram = (delegate* unmanaged<uint, void>)Need("glLinkProgram", 20);
        GetProgramiv = (delegate* unmanaged<uint, uint, int*, void>)Need("glGetProgramiv", 20);
        GetProgramInfoLog = (delegate* unmanaged<uint, int, int*, byte*, void>)Need("glGetProgramInfoLog", 20);
        DeleteProgram = (delegate* unmanaged<uint, void>)Need("glDeleteProgram", 20);
        UseProgram = (delegate* unmanaged<uint, void>)Need("glUseProgram", 20);
        GetUniformLocation = (delegate* unmanaged<uint, byte*, int>)Need("glGetUniformLocation", 20);
        Uniform1i = (delegate* unmanaged<int, int, void>)Need("glUniform1i", 20);
        Uniform1f = (delegate* unmanaged<int, float, void>)Need("glUniform1f", 20);
        Uniform2f = (delegate* unmanaged<int, float, float, void>)Need("glUniform2f", 20);
        Uniform3f = (delegate* unmanaged<int, float, float, float, void>)Need("glUniform3f", 20);
        Uniform4f = (delegate* unmanaged<int, float, float, float, float, void>)Need("glUniform4f", 20);
        UniformMatrix4fv = (delegate* unmanaged<int, int, byte, float*, void>)Need("glUniformMatrix4fv", 20);
        Uniform1ui = (delegate* unmanaged<int, uint, void>)Need("glUniform1ui", 30);
        ProgramParameteri = (delegate* unmanaged<uint, uint, int, void>)Need("glProgramParameteri", 41);
        GetProgramBinary = (delegate* unmanaged<uint, int, int*, uint*, void*, void>)Need("glGetProgramBinary", 41);
        ProgramBinary = (delegate* unmanaged<uint, uint, void*, int, void>)Need("glProgramBinary", 41);
        ProgramUniform1i = (delegate* unmanaged<uint, int, int, void>)Need("glProgramUniform1i", 41);
        ProgramUniform1ui = (delegate* unmanaged<uint, int, uint, void>)Need("glProgramUniform1ui", 41);
        ProgramUniform1f = (delegate* unmanaged<uint, int, float, void>)Need("glProgramUniform1f", 41);

        // Drawing
        VertexAttribPointer = (delegate* unmanaged<uint, int, uint, byte, int, void*, void>)Need("glVertexAttribPointer", 20);
        EnableVertexAttribArray = (delegate* unmanaged<uint, void>)Need("glEnableVertexAttribArray", 20);
        GetStringi = (delegate* unmanaged<uint, uint, byte*>)Need("glGetStringi", 30);
        GetIntegeri_v = (delegate* unmanaged<uint, uint, int*, void>)Need("glGetIntegeri_v", 30);
        GenVertexArrays = (delegate* unmanaged<int, uint*, void>)Need("glGenVertexArrays", 30);
        BindVertexArray = (delegate* unmanaged<uint, void>)Need("glBindVertexArray", 30);
        DeleteVertexArrays = (delegate* unmanaged<int, uint*, void>)Need("glDeleteVertexArrays", 30);
        VertexAttribIPointer = (delegate* unmanaged<uint, int, uint, int, void*, void>)Need("glVertexAttribIPointer", 30);
        GenFramebuffers = (delegate* unmanaged<int, uint*, void>)Need("glGenFramebuffers", 30);
        BindFramebuffer = (delegate* unmanaged<uint, uint, void>)Need("glBindFramebuffer", 30);
        DeleteFramebuffers = (delegate* unmanaged<int, uint*, void>)Need("glDeleteFramebuffers", 30);
        FramebufferTexture2D = (delegate* unmanaged<uint, uint, uint, uint, int, void>)Need("glFramebufferTexture2D", 30);
        CheckFramebufferStatus = (delegate* unmanaged<uint, uint>)Need("glCheckFramebufferStatus", 30);
        BlitFramebuffer = (delegate* unmanaged<int, int, int, int, int, int, int, int, uint, uint, void>)Need("glBlitFramebuffer", 30);
        GenerateMipmap = (delegate* unmanaged<uint, void>)Need("glGenerateMipmap", 30);
        DrawArraysInstanced = (delegate* unmanaged<uint, int, int, int, void>)Need("glDrawArraysInstanced", 31);
        VertexAttribDivisor = (delegate* unmanaged<uint, uint, void>)Need("glVertexAttribDivisor", 33);
        TexBuffer = (delegate* unmanaged<uint, uint, uint, void>)Need("glTexBuffer", 31);
        BindSampler = (delegate* unmanaged<uint, uint, void>)Need("glBindSampler", 33);

        // Synchronisation
        FenceSync = (delegate* unmanaged<uint, uint, nint>)Need("glFenceSync", 32);
        ClientWaitSync = (delegate* unmanaged<nint, uint, ulong, uint>)Need("glClientWaitSync", 32);
        DeleteSync = (delegate* unmanaged<nint, void>)Need("glDeleteSync", 32);
        GetInteger64v = (delegate* unmanaged<uint, long*, void>)Need("glGetInteger64v", 32);

        // Compute and images
        MemoryBarrier = (delegate* unmanaged<uint, void>)Need("glMemoryBarrier", 42);
        BindImageTexture = (delegate* unmanaged<uint, uint, int, byte, int, uint, uint, void>)Need("glBindImageTexture", 42);
        TexStorage2D = (delegate* unmanaged<uint, int, uint, int, int, void>)Need("glTexStorage2D", 42);
        DispatchCompute = (delegate* unmanaged<uint, uint, uint, void>)Need("glDispatchCompute", 43);
        DebugMessageCallback = (delegate* unmanaged<delegate* unmanaged<uint, uint, uint, uint, int, byte*, void*, void>, void*, void>)Need("glDebugMessageCallback", 43);
        DebugMessageControl = (delegate* unmanaged<uint, uint, uint, int, uint*, byte, void>)Need("glDebugMessageControl", 43);
        ObjectLabel = (delegate* unmanaged<uint, uint, int, byte*, void>)Need("glObjectLabel", 43);
        BindBuffersRange = (delegate* unmanaged<uint, uint, int, uint*, nint*, nint*, void>)Need("glBindBuffersRange", 44);

        // Direct state access
        CreateBuffers = (delegate* unmanaged<int, uint*, void>)Need("glCreateBuffers", 45);
        NamedBufferStorage = (delegate* unmanaged<uint, nint, void*, uint, void>)Need("glNamedBufferStorage", 45);
        NamedBufferSubData = (delegate* unmanaged<uint, nint, nint, void*, void>)Need("glNamedBufferSubData", 45);
        GetNamedBufferSubData = (delegate* unmanaged<uint, nint, nint, void*, void>)Need("glGetNamedBufferSubData", 45);
        MapNamedBufferRange = (delegate* unmanaged<uint, nint, nint, uint, void*>)Need("glMapNamedBufferRange", 45);
        UnmapNamedBuffer = (delegate* unmanaged<uint, byte>)Need("glUnmapNamedBuffer", 45);
        CopyNamedBufferSubData = (delegate* unmanaged<uint, uint, nint, nint, nint, void>)Need("glCopyNamedBufferSubData", 45);
        ClearNamedBufferSubData = (delegate* unmanaged<uint, uint, nint, nint, uint, uint, void*, void>)Need("glClearNamedBufferSubData", 45);
        CreateTextures = (delegate* unmanaged<uint, int, uint*, void>)Need("glCreateTextures", 45);
        TextureStorage2D = (delegate* unmanaged<uint, int, uint, int, int, void>)Need("glTextureStorage2D", 45);
        TextureStorage3D = (delegate* unmanaged<uint, int, uint, int, int, int, void>)Need("glTextureStorage3D", 45);
        TextureSubImage2D = (delegate* unmanaged<uint, int, int, int, int, int, uint, uint, void*, void>)Need("glTextureSubImage2D", 45);
        TextureSubImage3D = (delegate* unmanaged<uint, int, int, int, int, int, int, int, uint, uint, void*, void>)Need("glTextureSubImage3D", 45);
        TextureParameteri = (delegate* unmanaged<uint, uint, int, void>)Need("glTextureParameteri", 45);
        GetTextureImage = (delegate* unmanaged<uint, int, uint, uint, int, void*, void>)Need("glGetTextureImage", 45);
        BindTextureUnit = (delegate* unmanaged<uint, uint, void>)Need("glBindTextureUnit", 45);
        CreateFramebuffers = (delegate* unmanaged<int, uint*, void>)Need("glCreateFramebuffers", 45);
        NamedFramebufferTexture = (delegate* unmanaged<uint, uint, uint, int, void>)Need("glNamedFramebufferTexture", 45);
        NamedFramebufferTextureLayer = (delegate* unmanaged<uint, uint, uint, int, int, void>)Need("glNamedFramebufferTextureLayer", 45);
        CheckNamedFramebufferStatus = (delegate* unmanaged<uint, uint, uint>)Need("glCheckNamedFramebufferStatus", 45);
        CreateVertexArrays = (delegate* unmanaged<int, uint*, void>)Need("glCreateVertexArrays", 45);
        VertexArrayAttribFormat = (delegate* unmanaged<uint, uint, int, uint, byte, uint, void>)Need("glVertexArrayAttribFormat", 45);
        VertexArrayAttribBinding = (delegate* unmanaged<uint, uint, uint, void>)Need("glVertexArrayAttribBinding", 45);
        VertexArrayVertexBuffer = (delegate* unmanaged<uint, uint, uint, nint, int, void>)Need("glVertexArrayVertexBuffer", 45);
        EnableVertexArrayAttrib = (delegate* unmanaged<uint, uint, void>)Need("glEnableVertexArrayAttrib", 45);
        CreateQueries = (delegate* unmanaged<uint, int, uint*, void>)Need("glCreateQueries", 45);
    }
}
