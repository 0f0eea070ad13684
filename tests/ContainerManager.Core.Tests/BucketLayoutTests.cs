using System.Text;
using ContainerManager.Core.Buckets;
using ContainerManager.Core.Tasks;
using FsCheck;
using FsCheck.Fluent;

namespace ContainerManager.Core.Tests;

public sealed class BucketLayoutTests
{
    [Fact]
    public void Keys_PlainTask_AreWhereUsersLook()
    {
        Assert.Equal("processing/a b.txt", BucketLayout.ProcessingKey("a b.txt"));
        Assert.Equal("output/a b.txt", BucketLayout.OutputKey("a b.txt"));
        Assert.Equal("failed/a b.txt", BucketLayout.FailedKey("a b.txt"));
        Assert.Equal("logs/a b.txt.log", BucketLayout.LogKey("a b.txt"));
        Assert.Equal("receipts/a b.txt.json", BucketLayout.ReceiptKey("a b.txt"));
        Assert.Equal("results/a b.txt/deep/file", BucketLayout.ResultKey("a b.txt", "deep/file"));
    }

    [Theory]
    [InlineData("input/a", 0, "a")]
    [InlineData("input/deep/a", 5, "deep/a")]
    [InlineData("input/full/", 5, "full/")]
    [InlineData("input/folder/", 0, null)]
    [InlineData("input/", 0, null)]
    [InlineData("input/", 5, null)]
    [InlineData("output/a", 5, null)]
    [InlineData("input/a.cap", 5, null)]
    [InlineData("input/a.cap", 0, null)]
    [InlineData("input/.cap", 5, null)]
    [InlineData("input/a.cap.cap", 5, null)]
    [InlineData("input/a.CAP", 5, "a.CAP")]
    [InlineData("input/a.cap/b", 5, "a.cap/b")]
    [InlineData("input/cap", 5, "cap")]
    public void TaskName_Key_IsWhatFollowsInput(string key, long length, string? expected) => Assert.Equal(expected, BucketLayout.TaskName(key, length));

    [Theory]
    [InlineData("input/a.cap", 5, "a")]
    [InlineData("input/deep/a b.cap", 0, "deep/a b")]
    [InlineData("input/a.cap.cap", 5, "a.cap")]
    [InlineData("input/.cap", 5, "")]
    [InlineData("input/a", 5, null)]
    [InlineData("input/a.cap/", 0, null)]
    [InlineData("output/a.cap", 5, null)]
    public void CappedTask_Key_IsTheTaskBesideIt(string key, long length, string? expected) => Assert.Equal(expected, BucketLayout.CappedTask(key, length));

    [Fact]
    public void CapKeys_Task_LieBesideIt()
    {
        Assert.Equal("input/a b.txt.cap", BucketLayout.CapKey("a b.txt"));
        Assert.Equal("output/a b.txt.cap", BucketLayout.OutputCapKey("a b.txt"));
        Assert.Equal("failed/a b.txt.cap", BucketLayout.FailedCapKey("a b.txt"));
        var longest = new string('x', BucketLayout.MaxKeyBytes - "input/.cap".Length);
        Assert.NotNull(BucketLayout.CapKey(longest));
        Assert.Null(BucketLayout.CapKey(longest + "x"));
    }

    [Fact]
    public void Keys_AnyNameThatFitsInput_FitEverywhereAndStayDifferent() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1234567, 89),
        Prop.ForAll<NonEmptyString, PositiveInt, NonEmptyString>((seed, repeat, path) =>
        {
            var name = Fit(string.Concat(Enumerable.Repeat(seed.Get, repeat.Get * 20)), BucketLayout.MaxKeyBytes - BucketLayout.Input.Length);
            string[] keys =
            [
                BucketLayout.ProcessingKey(name), BucketLayout.OutputKey(name), BucketLayout.FailedKey(name), BucketLayout.LogKey(name),
                BucketLayout.ReceiptKey(name), BucketLayout.ResultKey(name, string.Concat(Enumerable.Repeat(path.Get, 300))),
            ];
            return keys.All(k => Encoding.UTF8.GetByteCount(k) <= BucketLayout.MaxKeyBytes) && keys.Distinct(StringComparer.Ordinal).Count() == keys.Length;
        }));

    [Fact]
    public void Keys_NameOf900Bytes_IsTheLongestThatStays()
    {
        var longest = new string('a', 900);

        Assert.Equal("processing/" + longest, BucketLayout.ProcessingKey(longest));
        Assert.NotEqual("processing/" + longest + "a", BucketLayout.ProcessingKey(longest + "a"));
        Assert.Equal(BucketLayout.Processing.Length + 900, BucketLayout.ProcessingKey(longest + "a").Length);
    }

    [Fact]
    public void ResultKey_PathThatJustFits_Stays()
    {
        var path = "deep/" + new string('a', BucketLayout.MaxKeyBytes - "results/task/deep/".Length);

        Assert.Equal("results/task/" + path, BucketLayout.ResultKey("task", path));
        Assert.StartsWith("results/task/deep_aaa", BucketLayout.ResultKey("task", path + "a"), StringComparison.Ordinal);
        Assert.Equal(BucketLayout.MaxKeyBytes, BucketLayout.ResultKey("task", path + "a").Length);
    }

    [Fact]
    public void Keys_LongNames_StayDifferent() =>
        Assert.NotEqual(BucketLayout.ProcessingKey(new string('a', 1000) + "1"), BucketLayout.ProcessingKey(new string('a', 1000) + "2"));

    [Theory]
    [InlineData("model.bin", true)]
    [InlineData("deep/model.bin", true)]
    [InlineData("../escape", false)]
    [InlineData("a/../b", false)]
    [InlineData("a//b", false)]
    [InlineData("/absolute", false)]
    [InlineData("folder/", false)]
    [InlineData("nul\0", false)]
    [InlineData(".", false)]
    [InlineData("..hidden", true)]
    public void StagingPath_Name_IsAPathOnlyWhereItStaysInside(string name, bool isPath) =>
        Assert.Equal(isPath ? name : null, StagingPath.TryMake(name));

    [Fact]
    public void StagingPath_SegmentOf255Bytes_IsTheLongest()
    {
        var longest = "deep/" + new string('é', 127) + "a";

        Assert.Equal(longest, StagingPath.TryMake(longest));
        Assert.Null(StagingPath.TryMake(longest + "a"));
    }

    [Fact]
    public void KeyOrder_AnyTwoNames_IsThatOfTheirUtf8Bytes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(1234567, 89),
        Prop.ForAll<string?, string?>((x, y) =>
        {
            var (one, other) = (Valid(x), Valid(y));
            var expected = Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));
            return Math.Sign(KeyOrder.Instance.Compare(one, other)) == Math.Sign(expected);
        }));

    [Fact]
    public void KeyOrder_Surrogates_ComeLast()
    {
        string[] sorted = ["", "a", "b", "é", "\uE000", "\uFFFD", "🚀"];

        Assert.Equal(sorted, sorted.Reverse().Order(KeyOrder.Instance));
    }

    [Fact]
    public void KeyOrder_NoName_ComesFirst()
    {
        Assert.Equal(0, KeyOrder.Instance.Compare(null, null));
        Assert.True(KeyOrder.Instance.Compare(null, "") < 0);
        Assert.True(KeyOrder.Instance.Compare("", null) > 0);
    }

    [Theory]
    [InlineData(null, new string[0], null, "image missing")]
    [InlineData(null, new[] { "a.sif", "process_task.sh" }, "a.sif", null)]
    [InlineData(null, new[] { "a.sif", "b.def" }, null, "a.sif, b.def")]
    [InlineData("b.def", new[] { "a.sif", "b.def" }, "b.def", null)]
    [InlineData("c.sif", new[] { "a.sif", "b.def" }, null, "c.sif")]
    [InlineData(null, new[] { "deep/a.sif", "b.SIF" }, null, "image missing")]
    public void ImageChoice_Names_GivesTheImageOrSaysWhyNot(string? asked, string[] names, string? expected, string? problem)
    {
        var choice = ImageChoice.Of(names, asked);

        Assert.Equal(expected, choice.Name);
        Assert.Equal(problem is null, choice.Problem is null);
        Assert.Contains(problem ?? "", choice.Problem ?? "", StringComparison.Ordinal);
    }

    private static string Valid(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

    private static string Fit(string name, int maxBytes)
    {
        while (Encoding.UTF8.GetByteCount(name) > maxBytes)
        {
            name = name[..(name.Length * 9 / 10)];
        }

        return name;
    }
}
