using CreditCtl.Hosting;
using CreditCtl.Output;

namespace CreditCtl.Tests;

public sealed class OutputTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("  =cmd|' /C calc'!A0", "\"'  =cmd|' /C calc'!A0\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("a=1", "a=1")]
    public void Csv_TextOfAnybody_IsNeverAFormula(string text, string expected) => Assert.Equal(expected, Csv.Text(text));

    [Theory]
    [InlineData("plain é ☃ 𝄞", "plain é ☃ 𝄞")]
    [InlineData("a\nb\r\tc", "a\\nb\\r\\tc")]
    [InlineData("\u001b[31mred", "\\u{1b}[31mred")]
    [InlineData("\u202egnp.exe", "\\u{202e}gnp.exe")]
    [InlineData("zero\u200bwidth", "zero\\u{200b}width")]
    [InlineData("\u2028", "\\u{2028}")]
    public void Printable_TextOfAnybody_ObeysNoTerminal(string text, string expected) => Assert.Equal(expected, Printable.Line(text));

    [Fact]
    public void Printable_HalfACharacter_IsShownAsOne() => Assert.Equal("half \ufffd", Printable.Line("half " + '\ud83d'));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(1.24, "1.2 s")]
    [InlineData(59.9, "59.9 s")]
    [InlineData(60, "1 min 0 s")]
    [InlineData(3_599, "59 min 59 s")]
    [InlineData(3_600, "1 h 0 min")]
    [InlineData(86_399, "23 h 59 min")]
    [InlineData(90_000, "1 d 1 h")]
    public void Duration_Seconds_AreInTheirTwoLargestUnits(double seconds, string expected) => Assert.Equal(expected, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Figures_Amounts_AreExact()
    {
        Assert.Equal("92233720368.54775807 GRC", Figures.Grc(long.MaxValue));
        Assert.Equal("18446744073709551614 halfords", Figures.Grc(2 * (Int128)long.MaxValue));
        Assert.Equal("-0.00000001", Figures.Amount(-1));
        Assert.Equal("0.000001", Figures.VcoreSeconds(1));
        Assert.Equal("9223372036854.775807", Figures.VcoreSeconds(long.MaxValue));
        Assert.Equal("1.500", Figures.GibSeconds(3L << 29));
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(100, null, true)]
    [InlineData(100, "1", false)]
    public void Screen_Colours_AreForATerminalThatWantsThem(int? width, string? noColor, bool coloured)
    {
        using var output = new StringWriter();
        var screen = new Screen(new Terminal(output, output, name => name == "NO_COLOR" ? noColor : null, TimeProvider.System, width, false));
        screen.Title("[bold]title[/]");
        screen.Warning("careful\u001b[0m");
        screen.Table(["a", "b>"], [["[red]x", "1"]]);
        var text = output.ToString();
        Assert.Equal(coloured, text.Contains('\u001b', StringComparison.Ordinal));
        Assert.Contains("[bold]title[/]", text, StringComparison.Ordinal);
        Assert.Contains("careful\\u{1b}[0m", text, StringComparison.Ordinal);
        Assert.Contains("[red]x", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(28, false)]
    public void Screen_Terminal_WrapsSentencesWhereThereIsRoom(int width, bool wraps)
    {
        using var output = new StringWriter();
        var screen = new Screen(new Terminal(output, output, name => name == "NO_COLOR" ? "1" : null, TimeProvider.System, width, false));
        screen.Table(["number>", "what"], [["1", "one two three four five six seven eight"]]);
        var lines = output.ToString().Split('\n');
        Assert.Equal(wraps, lines.All(line => line.Length <= width));
        Assert.Equal(!wraps, output.ToString().Contains("one two three four five six seven eight", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Screen_NoTerminal_WrapsAndPadsNothing()
    {
        using var output = new StringWriter();
        new Screen(new Terminal(output, output, _ => null, TimeProvider.System, null, false)).Table(["a", "b"], [[new string('x', 500), "y"]]);
        Assert.Contains(new string('x', 500) + "   y", output.ToString(), StringComparison.Ordinal);
        Assert.All(output.ToString().Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }
}
