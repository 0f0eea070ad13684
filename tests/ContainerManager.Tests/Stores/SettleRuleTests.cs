using ContainerManager.Files;
using ContainerManager.Stores.FileSystem;
using Testing;

namespace ContainerManager.Tests.Stores;

/// <summary>What counts where the kernel does not tell whether a file is being written.</summary>
public sealed class SettleRuleTests : IDisposable
{
    private const string Bucket = "fn-1";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TempDirectory _directory = new();
    private readonly FileStat _stat;
    private readonly ManualTimeProvider _time;
    private readonly SettleRule _rule;

    public SettleRuleTests()
    {
        File.WriteAllText(_directory.Combine("file"), "x");
        using var directory = DirectoryHandle.OpenPath(_directory.Path);
        _stat = directory.TryStat("file")!.Value;
        _time = new ManualTimeProvider(_stat.ChangedAt);
        _rule = new SettleRule(_time);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void IsComplete_KernelTells_TimeDoesNotMatter()
    {
        Assert.True(_rule.IsComplete(Bucket, WriterState.Complete, _stat));
        Assert.False(_rule.IsComplete(Bucket, WriterState.Writing, _stat));
        _time.Advance(Minute);
        Assert.False(_rule.IsComplete(Bucket, WriterState.Writing, _stat));
        Assert.Equal(Minute, _rule.Limit(Bucket, Minute));
    }

    [Fact]
    public void IsComplete_KernelDoesNotTell_IsOnceTheFileWasLeftAlone()
    {
        Assert.False(_rule.IsComplete(Bucket, WriterState.Unknown, _stat));
        _time.Advance(SettleRule.Quiet);
        Assert.True(_rule.IsComplete(Bucket, WriterState.Unknown, _stat));
    }

    [Fact]
    public void Limit_FilesThatMustSettle_WakesWhenTheyHave()
    {
        _rule.IsComplete(Bucket, WriterState.Unknown, _stat);
        Assert.Equal(Minute, _rule.Limit("other", Minute));
        Assert.Equal(SettleRule.Quiet, _rule.Limit(Bucket, Minute));
        Assert.Equal(Minute, _rule.Limit(Bucket, Minute));
        _rule.IsComplete(Bucket, WriterState.Unknown, _stat);
        _time.Advance(Minute);
        Assert.Equal(TimeSpan.Zero, _rule.Limit(Bucket, Minute));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void IsComplete_ClockJumps_DoesNotHideTheFileForEver(int hours)
    {
        _time.SetWallClock(_stat.ChangedAt.AddHours(hours));
        Assert.True(_rule.IsComplete(Bucket, WriterState.Unknown, _stat));
    }
}
