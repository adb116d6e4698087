using System.Diagnostics;
using System.IO.Compression;
using LiveCam.Engine;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Examples;

/// <summary>The engine as a package in a project that lies outside the repository: with LIVECAM_TEST_ALL.</summary>
[Collection(GlCollection.Name)]
public sealed class PackageTests(GlFixture gl)
{
    private const string Program = """
        using LiveCam.Engine;
        using LiveCam.Engine.Vision;

        byte[] pixels = File.ReadAllBytes(args[1]);
        foreach (DeviceKind kind in args[2..].Select(Enum.Parse<DeviceKind>))
        {
            using var net = ImageClassifier.Load(args[0], new() { Device = kind });
            Console.WriteLine(net.Classify(pixels, 64, 48, PixelFormat.Bgr8)[0].Label);
        }
        using var plain = TensorNetwork.Load(args[0], kind: DeviceKind.Cpu);
        Console.WriteLine(plain.ShapeOf(plain.Outputs[0]));
        """;

    [Fact]
    public void A_project_outside_the_repository_classifies_with_the_package()
    {
        if (Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is not "1") throw Requirements.Missing("all", "no LIVECAM_TEST_ALL");
        string[] devices = gl.Caps is not null ? ["Cpu", "Gl"] : ["Cpu"];
        using Scratch scratch = new();
        string configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
        // A version that no cache has.
        string version = $"0.0.1-test{DateTime.UtcNow.Ticks}", feed = scratch["feed"], kept = scratch["packages"];
        Dotnet(Requirements.Root, "pack", "src/Engine", "-c", configuration, "-o", feed, "--no-build", "-nologo", "-v", "quiet", $"-p:PackageVersion={version}");
        string[] inside = Names(Path.Combine(feed, $"LiveCam.Engine.{version}.nupkg"));
        Assert.Equal([], new[] { "lib/net10.0/LiveCam.Engine.dll", "lib/net10.0/LiveCam.Engine.xml", "README.md" }.Except(inside));
        Assert.Contains("lib/net10.0/LiveCam.Engine.pdb", Names(Path.Combine(feed, $"LiveCam.Engine.{version}.snupkg")));

        string project = scratch["Outside"];
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(project, "Outside.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{kept}</RestorePackagesPath>
                <RestoreFallbackFolders>{Cache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LiveCam.Engine" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        Dotnet(project, "build", "-c", "Release", "-o", scratch["built"], "-nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Picture picture = Scratch.Pattern(64, 48, 20);
        string model = Path.Combine(Requirements.Root, "models", "cifar10.onnx");
        string[] lines = Dotnet(scratch.Folder, [Path.Combine(scratch["built"], "Outside.dll"), model, scratch.Write("pixels", picture.Bytes), .. devices]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var net = ImageClassifier.Load(model, new() { Device = DeviceKind.Cpu });
        Assert.Equal([.. devices.Select(_ => net.Classify(picture)[0].Label), "1x10"], lines);
    }

    /// <summary>Where what the engine needs lies already.</summary>
    private static string Cache => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string[] Names(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private static string Dotnet(string folder, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', words)}: {errors.GetAwaiter().GetResult()}{output}");
        return output;
    }
}
