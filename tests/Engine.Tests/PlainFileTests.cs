using System.Diagnostics;

namespace LiveCam.Engine.Tests;

/// <summary>What is no plain file is neither read nor replaced; no FIFO is waited for.</summary>
public sealed class PlainFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("livecam-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Fifo(string name)
    {
        string path = Path.Combine(folder, name);
        if (OperatingSystem.IsWindows()) throw Requirements.Missing("FIFOs", "Windows has none in folders");
        using Process made = Process.Start("mkfifo", [path])!;
        made.WaitForExit();
        return path;
    }

    [Fact]
    public void A_fifo_a_device_and_a_socket_are_refused_before_they_are_opened()
    {
        Assert.Contains("FIFO", Assert.Throws<IOException>(() => PlainFile.OpenRead(Fifo("fifo"))).Message);
        Assert.Contains("device", Assert.Throws<IOException>(() => PlainFile.ReadAllBytes("/dev/zero", 100)).Message);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        string path = Path.Combine(folder, "socket");
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        Assert.Contains("socket", Assert.Throws<IOException>(() => PlainFile.OpenRead(path)).Message);
    }

    [Fact]
    public void A_link_leads_to_its_file_for_reading_and_is_not_replaced()
    {
        string file = Path.Combine(folder, "file"), link = Path.Combine(folder, "link");
        File.WriteAllText(file, "precious");
        File.CreateSymbolicLink(link, file);
        Assert.Equal("precious", PlainFile.ReadAllText(link, 100));
        Assert.Contains("link", Assert.Throws<LiveCamException>(() => WholeFile.Write(link, "Writing", stream => stream.WriteByte(1))).Message);
        Assert.Equal("precious", File.ReadAllText(file));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_fifo_is_not_replaced_by_what_is_written()
    {
        string fifo = Fifo("report.html");
        Assert.Contains("FIFO", Assert.Throws<LiveCamException>(() => WholeFile.Write(fifo, "Writing the report", stream => stream.WriteByte(1))).Message);
        Assert.Throws<IOException>(() => PlainFile.Check(fifo));
    }

    [Fact]
    public void The_size_is_looked_at_before_anything_is_read()
    {
        string path = Path.Combine(folder, "large");
        using (FileStream file = File.Create(path)) file.SetLength(1L << 32);
        Assert.Contains("at most 1000", Assert.Throws<IOException>(() => PlainFile.ReadAllBytes(path, 1000)).Message);
    }

    [Fact]
    public void What_a_killed_process_left_goes_with_the_next_writing_and_what_a_running_one_writes_stays()
    {
        string path = Path.Combine(folder, "m.onnx"), dead = Path.Combine(folder, ".m.2147483000.7.onnx"), alive = Path.Combine(folder, $".m.{Environment.ProcessId}.99999.onnx"),
            other = Path.Combine(folder, ".m.notes.onnx");
        foreach (string file in (string[])[dead, alive, other]) File.WriteAllText(file, "half");
        WholeFile.Write(path, "Writing", stream => stream.WriteByte(1));
        Assert.False(File.Exists(dead));
        Assert.True(File.Exists(alive));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void No_reader_opens_files_by_itself()
    {
        string source = Path.Combine(Requirements.Root, "src");
        // The environment names these two folders, a list of devices is the system's, and plugins are code.
        string[] trusted = ["PlainFile.cs", "ProgramStore.cs", "ShaderLibrary.cs", "CameraList.cs", "PluginLibrary.cs"];
        foreach (string file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/") && !trusted.Contains(Path.GetFileName(file))))
            foreach (string line in File.ReadLines(file))
                Assert.False(System.Text.RegularExpressions.Regex.IsMatch(line, @"File\.(OpenRead|ReadAll\w+|ReadLines|OpenText)\(") && !line.Contains("PlainFile.") && !line.Contains("TextFile."), $"{file}: {line.Trim()}");
    }
}
