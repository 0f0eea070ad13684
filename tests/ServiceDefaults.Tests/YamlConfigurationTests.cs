using FsCheck;
using FsCheck.Fluent;

namespace ServiceDefaults.Tests;

public sealed class YamlConfigurationTests
{
    [Fact]
    public void Parse_NestedDocument_GivesPaths()
    {
        var values = Parse("store:\n  kind: s3 # comment\nlist:\n  - a\n  - {b: c}\nquoted: \"1: 2\"\nblock: |\n  two\n  lines\n");
        Assert.Equal(
            ["block=two\nlines\n", "list:0=a", "list:1:b=c", "quoted=1: 2", "store:kind=s3"],
            values.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    public void Parse_NothingInIt_GivesNothing(string yaml) => Assert.Empty(Parse(yaml));

    [Theory]
    [InlineData("a:")]
    [InlineData("a: ~")]
    [InlineData("a: null")]
    [InlineData("a: {}")]
    [InlineData("a: []")]
    public void Parse_Nothing_IsNullAndNotForgotten(string yaml) => Assert.Null(Parse(yaml)["a"]);

    [Theory]
    [InlineData("a: \"\"", "")]
    [InlineData("a: 'null'", "null")]
    [InlineData("a: \"~\"", "~")]
    public void Parse_QuotedText_IsText(string yaml, string value) => Assert.Equal(value, Parse(yaml)["a"]);

    [Theory]
    [InlineData("a: [1, 2\nb: 3", "test: not valid YAML.")]
    [InlineData("a: b: c", "test: line 1: not valid YAML:")]
    [InlineData("b: 1\na: @x", "test: line 2: not valid YAML:")]
    [InlineData("a: 1\na: 2", "test: line 2: not valid YAML: Duplicate key")]
    [InlineData("a: 1\nA: 2", "test: line 2: `A` is set twice.")]
    [InlineData("\"a:b\": 1\na: {b: 2}", "test: line 2: `a:b` is set twice.")]
    [InlineData("- a\n- b", "test: line 1: expected settings as `name: value` lines.")]
    [InlineData("just text", "test: line 1: expected settings as `name: value` lines.")]
    [InlineData("? [a, b]\n: c", "test: line 1: a setting's name must be plain text.")]
    [InlineData("a: 1\n---\nb: 2", "test: line 3: a second document; only one is read.")]
    [InlineData("a: &x 1\nb: *x", "test: line 2: the reference *x is not allowed; write the value itself.")]
    [InlineData("a: &x [*x]", "test: line 1: the reference *x is not allowed; write the value itself.")]
    public void Parse_NotSettings_SaysWhere(string yaml, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Parse(yaml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Parse_EndlessDepth_IsRefusedAndTheProcessLives(string nest) =>
        Assert.Throws<FormatException>(() => Parse("a: " + string.Concat(Enumerable.Repeat(nest, 20_000))));

    [Fact]
    public void Parse_BytesThatAreNoText_AreRefused() => Assert.Throws<FormatException>(() => Parse("\0\u0001\u0002"));

    [Fact]
    public void Parse_AnyText_GivesSettingsOrAFormatException()
    {
        string[] tokens =
        [
            "a", "b: ", ": ", "- ", "? ", "\n", "\n  ", "\t", "[", "]", "{", "}", ",", "&x ", "*x", "!t ", "!!int ", "|", ">", "\"", "'", "#", "---", "...",
            "%YAML 1.1", "~", "\\", "\u0000", "\ufeff", "\ud800", "😀", "<<: ", "@", "`", "|9\n", "\"\\x\"", "\"\\ud800\"",
        ];
        var texts = Gen.Elements(tokens).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(texts, text =>
        {
            try
            {
                Parse(text);
            }
            catch (FormatException)
            {
                // The answer that callers know.
            }
        }).Check(Config.QuickThrowOnFailure.WithReplay(20260801, 7).WithMaxTest(20_000).WithEndSize(30));
    }

    private static IReadOnlyDictionary<string, string?> Parse(string yaml) => YamlConfiguration.Parse(new StringReader(yaml), "test");
}
