using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Engine.Tests.Devices.Gl;

[Collection(GlCollection.Name)]
public sealed class ShaderLibraryTests(GlFixture fixture)
{
    private static ShaderLibrary Library(params (string Name, string Text)[] files) =>
        new(name => Array.Find(files, f => f.Name == name).Text, "the test");

    private static readonly KeyValuePair<string, string>[] s_defines = [new("TILE_K", "64"), new("FAST", "")];

    [Fact]
    public void Source_is_version_extensions_defines_body_in_order()
    {
        ShaderSource source = Library(("a.comp", "void main() {}")).Assemble("a.comp", s_defines, ["GL_ARB_shader_ballot"]);
        string[] expected = ["#version 450 core", "#extension GL_ARB_shader_ballot : require", "#define TILE_K 64", "#define FAST ", "void main() {}"];
        Assert.Equal(expected, source.Text.TrimEnd('\n').Split('\n'));
        Assert.Equal("TILE_K=64, FAST", source.Defines);
    }

    [Fact]
    public void Embedded_shaders_are_the_files_in_the_repository()
    {
        string directory = Path.Combine(Requirements.Root, "src", "Shaders");
        ShaderLibrary embedded = ShaderLibrary.Embedded(), files = ShaderLibrary.FromDirectory(directory);
        string[] shaders = [.. Directory.GetFiles(directory, "*.comp", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(directory, f).Replace('\\', '/'))];
        Assert.NotEmpty(shaders);
        foreach (string shader in shaders) Assert.Equal(files.Assemble(shader).Text, embedded.Assemble(shader).Text);
    }

    [Fact]
    public void Includes_nest_and_appear_once_with_line_numbers_kept()
    {
        ShaderLibrary library = Library(
            ("a.comp", "#include \"one.glsl\"\n#include \"two.glsl\"\nint a;"),
            ("include/one.glsl", "int one;"),
            ("include/two.glsl", "#include \"one.glsl\"\nint two;"));
        ShaderSource source = library.Assemble("a.comp");
        Assert.Equal(["#version 450 core", "int one;", "int two;", "int a;"], source.Text.TrimEnd('\n').Split('\n'));
        Assert.Equal([new("", 1), new("include/one.glsl", 1), new("include/two.glsl", 2), new("a.comp", 3)], source.Lines);
    }

    [Fact]
    public void Include_inside_a_condition_is_repeated_after_it()
    {
        ShaderLibrary library = Library(("a.comp", "#ifdef NEVER\n#include \"one.glsl\"\n#endif\n#include \"one.glsl\"\nint a;"), ("one.glsl", "int one;"));
        Assert.Equal(2, library.Assemble("a.comp").Text.Split("int one;").Length - 1);
    }

    [Fact]
    public void Circle_of_includes_is_an_error_that_shows_the_circle()
    {
        ShaderLibrary library = Library(("a.comp", "#include \"one.glsl\""), ("include/one.glsl", "\n#include \"two.glsl\""), ("include/two.glsl", "#include \"one.glsl\""));
        var error = Assert.Throws<LiveCamException>(() => library.Assemble("a.comp"));
        Assert.Contains("include/two.glsl <- include/one.glsl <- a.comp", error.Message);
    }

    [Theory]
    [InlineData("#include \"gone.glsl\"", "\"a.comp\" line 1 includes \"gone.glsl\"")]
    [InlineData("\n#include gone", "line 2 has an #include without a name")]
    [InlineData("#version 430", "line 1 says #version")]
    public void Bad_directive_names_file_and_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<LiveCamException>(() => Library(("a.comp", text)).Assemble("a.comp")).Message);

    [Fact]
    public void Missing_shader_is_named() =>
        Assert.Contains("\"gone.comp\" is not in the test", Assert.Throws<LiveCamException>(() => Library().Assemble("gone.comp")).Message);

    [Theory]
    [InlineData("0:7(3): error: `x' undeclared", "Shader \"a.comp\" line 3: `x' undeclared (defines: TILE_K=64, FAST).")]
    [InlineData("0:4(1): warning: unused\n0:5(3): error: oops", "Shader \"a.comp\" in \"include/one.glsl\" line 2: oops (defines: TILE_K=64, FAST).")]
    [InlineData("0(7) : error C1008: undefined variable \"x\"", "Shader \"a.comp\" line 3: C1008: undefined variable \"x\" (defines: TILE_K=64, FAST).")]
    [InlineData("0(5) : warning C7050: maybe\n0(4) : error C0000: syntax error", "Shader \"a.comp\" in \"include/one.glsl\" line 1: C0000: syntax error (defines: TILE_K=64, FAST).")]
    [InlineData("ERROR: 0:7: 'x' : undeclared identifier\nERROR: 1 compilation errors.", "Shader \"a.comp\" line 3: 'x' : undeclared identifier (defines: TILE_K=64, FAST).")]
    [InlineData("ERROR: 0:99: unexpected end", "Shader \"a.comp\" line 3: unexpected end (defines: TILE_K=64, FAST).")]
    [InlineData("0:2(1): error: bad define", "Shader \"a.comp\" head line 2: bad define (defines: TILE_K=64, FAST).")]
    [InlineData("something went wrong.", "Shader \"a.comp\": something went wrong (defines: TILE_K=64, FAST).")]
    [InlineData("", "Shader \"a.comp\": the driver refused it without a word (defines: TILE_K=64, FAST).")]
    public void Driver_log_becomes_our_file_and_line(string log, string expected)
    {
        // Lines 1 to 3 are the head, 4 and 5 the include, 6 and 7 the shader's lines 2 and 3.
        ShaderSource source = Library(("a.comp", "#include \"one.glsl\"\nint a;\nint b;"), ("include/one.glsl", "int c;\nint d;")).Assemble("a.comp", s_defines);
        Assert.Equal(expected, source.Explain(log).Message);
    }

    [Theory]
    [InlineData("void main() {\n    int x = ;\n}", "", "Shader \"a.comp\" line 4: ")]
    [InlineData("void main() {}", "int ok;\n\nfloat f = undeclared_name;", "Shader \"a.comp\" in \"include/one.glsl\" line 3: ")]
    public void This_driver_names_our_file_and_line(string body, string include, string expected) => fixture.Run(gl =>
    {
        ShaderLibrary library = Library(("a.comp", "layout(local_size_x = 1) in;\n#include \"one.glsl\"\n" + body), ("include/one.glsl", include));
        using var cache = new ProgramCache(gl, null);
        var error = Assert.Throws<LiveCamException>(() => cache.Get(library.Assemble("a.comp", s_defines)));
        Assert.StartsWith(expected, error.Message);
        Assert.EndsWith("(defines: TILE_K=64, FAST).", error.Message);
    });
}
