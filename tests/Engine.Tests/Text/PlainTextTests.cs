using System.Text;
using System.Text.Json;
using LiveCam.Engine.Text;

namespace LiveCam.Engine.Tests.Text;

/// <summary>Text of strangers: nothing that moves, colors, turns or hides comes through, and all else does.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("a\u001b[31mb", "a\\u001b[31mb")]
    [InlineData("\u0007\u007f\u009b", "\\u0007\\u007f\\u009b")]
    [InlineData("a\u202eb\u2066c", "a\\u202eb\\u2066c")]
    [InlineData("line\nnext\r", "line\\u000anext\\u000d")]
    [InlineData("\u2028\ufeff\u200b", "\\u2028\\ufeff\\u200b")]
    public void Codes_stand_for_what_would_act(string text, string shown) => Assert.Equal(shown, PlainText.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("plain ASCII ~ { } \\u001b as letters")]
    [InlineData("Tür, 猫, نمی\u200cخواهم, 👩\u200d🚒, ½ µ")]
    public void Other_text_is_the_same_object(string text) => Assert.Same(text, PlainText.Of(text));

    // In code and not in an attribute, which holds UTF-8.
    [Fact]
    public void Half_a_pair_is_a_code() => Assert.Equal("half \\ud83d pair", PlainText.Of("half \ud83d pair"));

    [Fact]
    public void Lines_and_tabs_may_stay() => Assert.Equal("a\n\tb\\u000d", PlainText.Of("a\n\tb\r", keepsLines: true));

    [Fact]
    public void A_code_within_a_JSON_string_is_the_character_again()
    {
        var random = new Random(5);
        for (int run = 0; run < 2000; run++)
        {
            string text = string.Concat(Enumerable.Range(0, 12).Select(_ => new Rune(random.Next(8) == 0 ? random.Next(0x20, 0x2070) : random.Next(0x7f, 0xa0)))).Replace("\\", "").Replace("\"", "");
            Assert.Equal(text, JsonSerializer.Deserialize<string>($"\"{PlainText.Of(text)}\""));
        }
    }
}
