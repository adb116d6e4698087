using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LiveCam.Engine.Tests;

/// <summary>docs/api.md lists what callers see of the engine, and stays short enough to be read.</summary>
public sealed partial class ApiDocTests
{
    private const int MostTypes = 199;

    private static Type[] Types { get; } = [.. typeof(ImageClassifier).Assembly.GetExportedTypes().Where(type => !type.IsNested)];

    [Fact]
    public void The_page_lists_the_public_types()
    {
        string path = Path.Combine(Requirements.Root, "docs", "api.md");
        string page = Page();
        if (Environment.GetEnvironmentVariable("LIVECAM_REDRAW") is not null) File.WriteAllText(path, page);
        else Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_is_not_for_callers_is_internal() => Assert.InRange(Types.Length, 1, MostTypes);

    private static string Page()
    {
        Dictionary<string, XElement> members = XDocument.Load(Path.ChangeExtension(typeof(ImageClassifier).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);
        var page = new StringBuilder($"""
            # The public types of LiveCam.Engine

            {Types.Length} types. Written by a test (`LIVECAM_REDRAW=1 ./test --filter FullyQualifiedName~ApiDocTests`). Begin with `ImageClassifier`, `TensorNetwork` and
            `HostedNetwork`: [embedding.md](embedding.md).

            """);
        foreach (IGrouping<string?, Type> room in Types.GroupBy(type => type.Namespace).OrderBy(room => room.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## {room.Key}\n\n| type | what it is |\n|---|---|\n");
            foreach (Type type in room.OrderBy(type => type.Name, StringComparer.Ordinal))
                page.Append($"| `{NameOf(type)}` | {Summary(members.GetValueOrDefault($"T:{type.FullName}"))} |\n");
        }
        return page.ToString();
    }

    private static string NameOf(Type type) => type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(argument => argument.Name))}>" : type.Name;

    /// <summary>The first sentence.</summary>
    private static string Summary(XElement? member)
    {
        if (member?.Element("summary") is not { } summary) return "";
        var text = new StringBuilder();
        foreach (XNode node in summary.DescendantNodes())
            if (node is XText words) text.Append(words.Value);
            else if (node is XElement element && (element.Attribute("cref") ?? element.Attribute("name") ?? element.Attribute("langword")) is { } named)
                text.Append(Reference().Match(named.Value) is { Success: true, Groups: var parts } ? parts[1].Value : named.Value);
        string line = Spaces().Replace(text.ToString(), " ").Trim().Replace("|", "\\|");
        return FirstSentence().Match(line) is { Success: true } sentence ? sentence.Value : line;
    }

    [GeneratedRegex(@"^[A-Z]:(?:[\w.`]*\.)?(\w+)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^.*?[.?!](?= [A-Z(]|$)")]
    private static partial Regex FirstSentence();
}
