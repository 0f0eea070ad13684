using System.Security.Cryptography;
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

    [Theory]
    [InlineData(200, "", 200)]
    [InlineData(201, "", 183)]
    [InlineData(196, ".tar", 196)]
    [InlineData(197, ".tar", 179)]
    [InlineData(300, ".fifteen_letters", 167)]
    [InlineData(300, ".sixteen__letters", 183)]
    public void Make_LengthAndExtension_FillsTheLimitAndNoMore(int letters, string extension, int kept)
    {
        var name = new string('a', letters) + extension;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];

        var made = TaskFileName.Make(name);

        Assert.Equal(kept == letters ? name : new string('a', kept) + "~" + digest + (extension.Length > 16 ? "" : extension), made);
        Assert.True(made.Length <= TaskFileName.MaxBytes);
    }

    [Fact]
    public void Make_LettersOfSeveralBytes_AreNeverCutWithin()
    {
        Assert.Equal(new string('é', 100), TaskFileName.Make(new string('é', 100)));
        // 183 bytes are left before the digest: 91 letters of two bytes, 45 of four.
        Assert.StartsWith(new string('é', 91) + "~", TaskFileName.Make(new string('é', 101)), StringComparison.Ordinal);
        Assert.StartsWith(string.Concat(Enumerable.Repeat("🚀", 45)) + "~", TaskFileName.Make(string.Concat(Enumerable.Repeat("🚀", 60))), StringComparison.Ordinal);
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
