namespace LiveCam.Engine.Devices.Gl;

/// <summary>The OpenGL constants this engine and its display use; GL_MAX_TEXTURE_SIZE is <c>GlEnum.MaxTextureSize</c>.</summary>
public static class GlEnum
{
    // Errors and strings
    public const uint NoError = 0;
    public const uint InvalidEnum = 0x0500;
    public const uint InvalidValue = 0x0501;
    public const uint InvalidOperation = 0x0502;
    public const uint InvalidFramebufferOperation = 0x0506;
    public const uint OutOfMemory = 0x0505;
    public const uint ContextLost = 0x0507;
    public const uint Vendor = 0x1F00;
    public const uint Renderer = 0x1F01;
    public const uint Version = 0x1F02;
    public const uint Extensions = 0x1F03;
    public const uint NumExtensions = 0x821D;
    public const uint ShadingLanguageVersion = 0x8B8C;
    public const uint MajorVersion = 0x821B;
    public const uint MinorVersion = 0x821C;

    // Limits
    public const uint MaxComputeWorkGroupCount = 0x91BE;
    public const uint MaxComputeWorkGroupSize = 0x91BF;
    public const uint MaxComputeWorkGroupInvocations = 0x90EB;
    public const uint MaxComputeSharedMemorySize = 0x8262;
    public const uint MaxShaderStorageBlockSize = 0x90DE;
    public const uint MaxShaderStorageBufferBindings = 0x90DD;
    public const uint MaxComputeShaderStorageBlocks = 0x90DB;
    public const uint ShaderStorageBufferOffsetAlignment = 0x90DF;
    public const uint MaxUniformBlockSize = 0x8A30;
    public const uint UniformBufferOffsetAlignment = 0x8A34;
    public const uint MaxTextureSize = 0x0D33;
    public const uint MaxArrayTextureLayers = 0x88FF;
    public const uint MaxComputeImageUniforms = 0x91BD;
    public const uint NumProgramBinaryFormats = 0x87FE;
    public const uint SmCountNv = 0x933B;
    public const uint GpuMemoryInfoDedicatedVidmemNvx = 0x9047;

    // Buffers
    public const uint ArrayBuffer = 0x8892;
    public const uint ElementArrayBuffer = 0x8893;
    public const uint PixelUnpackBuffer = 0x88EC;
    public const uint PixelPackBuffer = 0x88EB;
    public const uint UniformBuffer = 0x8A11;
    public const uint ShaderStorageBuffer = 0x90D2;
    public const uint StreamDraw = 0x88E0;
    public const uint StaticDraw = 0x88E4;
    public const uint DynamicDraw = 0x88E8;
    public const uint MapReadBit = 0x0001;
    public const uint MapWriteBit = 0x0002;
    public const uint MapPersistentBit = 0x0040;
    public const uint MapCoherentBit = 0x0080;
    public const uint DynamicStorageBit = 0x0100;
    public const uint ClientStorageBit = 0x0200;

    // Barriers
    public const uint UniformBarrierBit = 0x00000004;
    public const uint TextureFetchBarrierBit = 0x00000008;
    public const uint ShaderImageAccessBarrierBit = 0x00000020;
    public const uint PixelBufferBarrierBit = 0x00000080;
    public const uint TextureUpdateBarrierBit = 0x00000100;
    public const uint BufferUpdateBarrierBit = 0x00000200;
    public const uint FramebufferBarrierBit = 0x00000400;
    public const uint ShaderStorageBarrierBit = 0x00002000;
    public const uint ClientMappedBufferBarrierBit = 0x00004000;
    public const uint AllBarrierBits = 0xFFFFFFFF;

    // Programs
    public const uint ComputeShader = 0x91B9;
    public const uint VertexShader = 0x8B31;
    public const uint FragmentShader = 0x8B30;
    public const uint CompileStatus = 0x8B81;
    public const uint LinkStatus = 0x8B82;
    public const uint InfoLogLength = 0x8B84;
    public const uint ProgramBinaryLength = 0x8741;
    public const uint ProgramBinaryRetrievableHint = 0x8257;

    // Fences and queries
    public const uint SyncGpuCommandsComplete = 0x9117;
    public const uint SyncFlushCommandsBit = 0x00000001;
    public const uint AlreadySignaled = 0x911A;
    public const uint TimeoutExpired = 0x911B;
    public const uint ConditionSatisfied = 0x911C;
    public const uint WaitFailed = 0x911D;
    public const uint Timestamp = 0x8E28;
    public const uint QueryCounterBits = 0x8864;
    public const uint QueryResult = 0x8866;
    public const uint QueryResultAvailable = 0x8867;

    // Debug output
    public const uint DebugOutput = 0x92E0;
    public const uint DebugOutputSynchronous = 0x8242;
    public const uint DebugTypeError = 0x824C;
    public const uint DebugTypeUndefinedBehavior = 0x824E;
    public const uint DebugSeverityHigh = 0x9146;
    public const uint DebugSeverityNotification = 0x826B;
    public const uint DontCare = 0x1100;
    public const uint Buffer = 0x82E0;
    public const uint Program = 0x82E2;

    // Textures and images
    public const uint Texture2D = 0x0DE1;
    public const uint Texture2DArray = 0x8C1A;
    public const uint Texture3D = 0x806F;
    public const uint TextureBuffer = 0x8C2A;
    public const uint Texture0 = 0x84C0;
    public const uint TextureMinFilter = 0x2801;
    public const uint TextureMagFilter = 0x2800;
    public const uint TextureWrapS = 0x2802;
    public const uint TextureWrapT = 0x2803;
    public const uint Nearest = 0x2600;
    public const uint Linear = 0x2601;
    public const uint LinearMipmapLinear = 0x2703;
    public const uint ClampToEdge = 0x812F;
    public const uint Red = 0x1903;
    public const uint Rg = 0x8227;
    public const uint Rgb = 0x1907;
    public const uint Rgba = 0x1908;
    public const uint Bgr = 0x80E0;
    public const uint Bgra = 0x80E1;
    public const uint RedInteger = 0x8D94;
    public const uint R8 = 0x8229;
    public const uint Rg8 = 0x822B;
    public const uint Rgb8 = 0x8051;
    public const uint Rgba8 = 0x8058;
    public const uint R8ui = 0x8232;
    public const uint R32ui = 0x8236;
    public const uint R32f = 0x822E;
    public const uint Rg32f = 0x8230;
    public const uint Rgba16f = 0x881A;
    public const uint Rgba32f = 0x8814;
    public const uint UnsignedByte = 0x1401;
    public const uint UnsignedShort = 0x1403;
    public const uint UnsignedInt = 0x1405;
    public const uint HalfFloat = 0x140B;
    public const uint Float = 0x1406;
    public const uint Int = 0x1404;
    public const uint ReadOnly = 0x88B8;
    public const uint WriteOnly = 0x88B9;
    public const uint ReadWrite = 0x88BA;
    public const uint UnpackAlignment = 0x0CF5;
    public const uint PackAlignment = 0x0D05;
    public const uint UnpackRowLength = 0x0CF2;

    // Drawing
    public const uint Points = 0x0000;
    public const uint Lines = 0x0001;
    public const uint LineStrip = 0x0003;
    public const uint Triangles = 0x0004;
    public const uint TriangleStrip = 0x0005;
    public const uint ColorBufferBit = 0x00004000;
    public const uint DepthBufferBit = 0x00000100;
    public const uint Blend = 0x0BE2;
    public const uint ScissorTest = 0x0C11;
    public const uint DepthTest = 0x0B71;
    public const uint CullFace = 0x0B44;
    public const uint StencilTest = 0x0B90;
    public const uint FramebufferSrgb = 0x8DB9;
    public const uint Zero = 0;
    public const uint One = 1;
    public const uint SrcAlpha = 0x0302;
    public const uint OneMinusSrcAlpha = 0x0303;
    public const uint Framebuffer = 0x8D40;
    public const uint ReadFramebuffer = 0x8CA8;
    public const uint DrawFramebuffer = 0x8CA9;
    public const uint ColorAttachment0 = 0x8CE0;
    public const uint FramebufferComplete = 0x8CD5;
    public const uint Back = 0x0405;

    // State that is asked for
    public const uint Viewport = 0x0BA2;
    public const uint ColorWritemask = 0x0C23;
    public const uint BlendDstRgb = 0x80C8;
    public const uint BlendSrcRgb = 0x80C9;
    public const uint BlendDstAlpha = 0x80CA;
    public const uint BlendSrcAlpha = 0x80CB;
    public const uint CurrentProgram = 0x8B8D;
    public const uint VertexArrayBinding = 0x85B5;
    public const uint ArrayBufferBinding = 0x8894;
    public const uint TextureBufferBinding = 0x8C2A;
    public const uint PixelUnpackBufferBinding = 0x88EF;
    public const uint ActiveTexture = 0x84E0;
    public const uint TextureBinding2D = 0x8069;
    public const uint TextureBindingBuffer = 0x8C2C;
    public const uint SamplerBinding = 0x8919;
}
