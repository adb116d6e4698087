using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LiveCam.Platform;

/// <summary>
/// The cameras of Windows by name, in the order in which Media Foundation counts them (and OpenCV's MSMF with it). Functions and
/// numbers: mfapi.h, mfidl.h, mfobjects.h of the Windows SDK.
/// </summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class WindowsCameras
{
    private const int Version = 0x0002_0070, Lite = 1;                    // MF_VERSION, MFSTARTUP_LITE
    private const int Multithreaded = 0;                                  // COINIT_MULTITHREADED
    private const int Release = 2, GetAllocatedString = 13, SetGuid = 24; // places in the function table of IMFAttributes

    private static readonly Guid SourceType = new("c60ac5fe-252a-478f-a0ef-bc8fa5f7cad3");
    private static readonly Guid VideoCapture = new("8ac3587a-4ae7-42d8-99e0-0a6013eef90f");
    private static readonly Guid FriendlyName = new("60d0e559-52f8-4fa2-bbce-acdb34a8ec01");

    /// <summary>Empty where there is none, and on editions of Windows without Media Foundation.</summary>
    public static IReadOnlyList<CameraDevice> Read()
    {
        // A thread that is set up otherwise already keeps its way: listing works in both, and then nothing is to be undone.
        bool entered = CoInitializeEx(0, Multithreaded) >= 0;
        try
        {
            if (MFStartup(Version, Lite) < 0) return [];
            try { return List(); }
            finally { _ = MFShutdown(); }
        }
        catch (DllNotFoundException)
        {
            return [];
        }
        finally
        {
            if (entered) CoUninitialize();
        }
    }

    private static List<CameraDevice> List()
    {
        List<CameraDevice> found = [];
        nint attributes = 0;
        nint* devices = null;
        uint count = 0;
        try
        {
            if (MFCreateAttributes(&attributes, 1) < 0) return found;
            Guid key = SourceType, value = VideoCapture;
            if (((delegate* unmanaged[Stdcall]<nint, Guid*, Guid*, int>)Method(attributes, SetGuid))(attributes, &key, &value) < 0) return found;
            if (MFEnumDeviceSources(attributes, &devices, &count) < 0) return found;
            for (int i = 0; i < count; i++) found.Add(new CameraDevice(i, Name(devices[i]) ?? $"camera {i}"));
            return found;
        }
        finally
        {
            for (int i = 0; i < count; i++) Drop(devices[i]);
            CoTaskMemFree(devices);
            if (attributes != 0) Drop(attributes);
        }
    }

    private static string? Name(nint device)
    {
        Guid key = FriendlyName;
        char* text = null;
        uint length;
        int result = ((delegate* unmanaged[Stdcall]<nint, Guid*, char**, uint*, int>)Method(device, GetAllocatedString))(device, &key, &text, &length);
        if (result < 0 || text == null) return null;
        string name = new(text, 0, (int)length);
        CoTaskMemFree(text);
        return name;
    }

    private static void Drop(nint unknown) => _ = ((delegate* unmanaged[Stdcall]<nint, uint>)Method(unknown, Release))(unknown);

    private static void* Method(nint instance, int place) => (*(void***)instance)[place];

    [LibraryImport("ole32")]
    private static partial int CoInitializeEx(nint reserved, int concurrency);

    [LibraryImport("ole32")]
    private static partial void CoUninitialize();

    [LibraryImport("ole32")]
    private static partial void CoTaskMemFree(void* memory);

    [LibraryImport("mfplat")]
    private static partial int MFStartup(int version, int flags);

    [LibraryImport("mfplat")]
    private static partial int MFShutdown();

    [LibraryImport("mfplat")]
    private static partial int MFCreateAttributes(nint* attributes, uint size);

    [LibraryImport("mf")]
    private static partial int MFEnumDeviceSources(nint attributes, nint** devices, uint* count);
}
