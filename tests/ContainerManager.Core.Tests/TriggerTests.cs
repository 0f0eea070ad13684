using ContainerManager.Core.Triggers;

namespace ContainerManager.Core.Tests;

public sealed class TriggerTests
{
    [Theory]
    [InlineData("next", "next", "")]
    [InlineData("next/", "next", "")]
    [InlineData("next/a/b-", "next", "a/b-")]
    public void Parse_BucketAndPrefix_AreApart(string text, string bucket, string prefix) =>
        Assert.Equal(new Handoff(bucket, prefix), Handoff.TryParse(text));

    [Theory]
    [InlineData("next", "next")]
    [InlineData("next/", "next")]
    [InlineData("next/a/b-", "next/a/b-")]
    public void ToString_Handoff_IsAsItMayBeWritten(string text, string expected) => Assert.Equal(expected, Handoff.TryParse(text)!.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("/prefix")]
    [InlineData("next//prefix")]
    [InlineData("next/a\nb")]
    public void Parse_NoBucket_IsNone(string text) => Assert.Null(Handoff.TryParse(text));

    [Fact]
    public void Parse_PrefixOf200Bytes_IsTheLongest()
    {
        Assert.NotNull(Handoff.TryParse("next/" + new string('ä', 100)));
        Assert.Null(Handoff.TryParse("next/" + new string('ä', 100) + "b"));
    }

    [Theory]
    [InlineData("next", "a.txt.0123abcd/dir/x.png", "dir/x.png")]
    [InlineData("next/p-", "p-a.txt.0123abcd/x.png", "x.png")]
    [InlineData("next", "a.txt.0123abcd/x.cap_", "x.cap")]
    public void TaskName_Result_NamesTaskAndResult(string handoff, string expected, string path) =>
        Assert.Equal(expected, Handoff.TryParse(handoff)!.TaskName("a.txt", "0123abcdefgh", path));

    [Fact]
    public void TaskName_LongNames_StayDifferentAndFit()
    {
        var handoff = new Handoff("next", "");
        var names = new[] { "x", "y" }.Select(end => handoff.TaskName(new string('a', 800), "0123abcdefgh", new string('b', 300) + end)).ToList();

        Assert.NotEqual(names[0], names[1]);
        Assert.All(names, name => Assert.True(System.Text.Encoding.UTF8.GetByteCount("processing/" + name) <= 1024));
    }

    [Theory]
    [InlineData("a", "a>b b>c", null)]
    [InlineData("a", "a>a", "a a")]
    [InlineData("a", "a>b b>c c>a", "a b c a")]
    [InlineData("b", "a>b b>c c>a", "b c a b")]
    [InlineData("a", "a>b b>c c>b", null)]
    public void FindLoop_Chain_NamesTheLoopOfWhoIsInIt(string from, string edges, string? expected)
    {
        var next = edges.Split(' ').ToDictionary(e => e[..1], e => e[2..]);

        Assert.Equal(expected?.Split(' '), Chain.FindLoop(from, name => next.GetValueOrDefault(name)));
    }

    [Fact]
    public void ScheduledTask_Moment_IsInItsNameAndContent()
    {
        var moment = new DateTimeOffset(2026, 1, 31, 13, 5, 0, TimeSpan.FromHours(1));

        Assert.Equal("schedule-2026-01-31T12-05-00Z", ScheduledTask.Name(moment));
        Assert.Equal("2026-01-31T12:05:00Z\n", ScheduledTask.Content(moment));
    }
}
