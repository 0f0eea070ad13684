using System.Text;
using ContainerManager.Core.Tasks;
using FsCheck;
using FsCheck.Fluent;

namespace ContainerManager.Core.Tests;

public sealed class TaskFileNameTests
{
    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("deep/er/100.1-150.txt", "100.1-150.txt")]
    [InlineData("with space & \"quotes\" 'all'", "with space & \"quotes\" 'all'")]
    [InlineData("line\nbreak\t", "line_break_")]
    [InlineData("nul\0", "nul_")]
    [InlineData("-rf", "-rf")]
    [InlineData("..", "task")]
    [InlineData(".", "task")]
    [InlineData("", "task")]
    [InlineData("folder/", "task")]
    [InlineData("../../..", "task")]
    [InlineData("unicode-é-漢字-🚀", "unicode-é-漢字-🚀")]
    public void Make_Name_KeepsWhatIsHarmless(string name, string expected) => Assert.Equal(expected, TaskFileName.Make(name));

    [Fact]
    public void Make_LongNames_AreCutKeepTheExtensionAndStayDifferent()
    {
        var (one, other) = (new string('é', 400) + "1.tar", new string('é', 400) + "2.tar");

        Assert.EndsWith(".tar", TaskFileName.Make(one), StringComparison.Ordinal);
        Assert.NotEqual(TaskFileName.Make(one), TaskFileName.Make(other));
        Assert.Equal(TaskFileName.Make(one), TaskFileName.Make(one));
    }

    [Fact]
    public void Make_AnyName_IsOneHarmlessSegment() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(1234567, 89),
        Prop.ForAll<string?>(text =>
        {
            var name = TaskFileName.Make(text ?? "");
            return name is not ("" or "." or "..")
                && !name.Contains('/', StringComparison.Ordinal)
                && !name.EnumerateRunes().Any(Rune.IsControl)
                && Encoding.UTF8.GetByteCount(name) <= TaskFileName.MaxBytes
                && Path.GetDirectoryName(Path.GetFullPath(Path.Combine("/base", name))) == "/base";
        }));
}
