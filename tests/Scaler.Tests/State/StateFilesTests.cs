using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.State;
using Testing;

namespace Scaler.Tests.State;

public sealed class StateFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Journal => _directory.Combine("journal");

    [Fact]
    public async Task SaveTogether_ThenLoaded_IsTheNewest()
    {
        using (var files = Open())
        {
            await files.SaveAsync(Stamped(files, "c1", 1), default);
            await files.SaveAsync(Stamped(files, "c2", 1), default);
            files.SaveTogether([Stamped(files, "c1", 2), Stamped(files, "c2", 2)], areAll: false);
            files.SaveTogether([Stamped(files, "c1", 3)], areAll: false);
            await files.SaveAsync(Stamped(files, "c2", 4), default);
        }

        using var again = Open();
        var (records, unreadable) = again.Load();

        Assert.Empty(unreadable);
        Assert.Equal([("c1", 3, false), ("c2", 4, true)], records.Select(r => (r.Record.ContainerId, r.Record.LimitShares, r.IsInItsFile)));
        // What is written from now on is newer than all of it.
        again.SaveTogether([Stamped(again, "c2", 5)], areAll: false);
        Assert.Equal(5, again.Load().Records[1].Record.LimitShares);
    }

    /// <summary>Cut off anywhere, as by a power cut: what was written before is there, and what follows is not harmed by the torn line.</summary>
    [Fact]
    public async Task Load_JournalTornAnywhere_HasWhatWasWholeBefore()
    {
        using (var files = Open())
        {
            await files.SaveAsync(Stamped(files, "c1", 1), default);
            files.SaveTogether([Stamped(files, "c1", 2)], areAll: false);
            files.SaveTogether([Stamped(files, "c1", 3)], areAll: false);
        }

        var whole = await File.ReadAllBytesAsync(Journal);
        var firstLine = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = 0; length < whole.Length; length += 7)
        {
            await File.WriteAllBytesAsync(Journal, whole[..length]);
            using var files = Open();

            var found = Assert.Single(files.Load().Records).Record.LimitShares;

            Assert.Equal(length < firstLine - 1 ? 1 : 2, found);
        }
    }

    [Fact]
    public async Task Load_JournalIsGarbage_TakesTheFiles()
    {
        using var files = Open();
        await files.SaveAsync(Stamped(files, "c1", 7), default);
        await File.WriteAllTextAsync(Journal, "{}\nnull\n[1]\n{\"stamp\":99,\"record\":null}\n\0\0\0\n{\"stamp\":99,\"record\":{}}\n");

        Assert.Equal(7, Assert.Single(files.Load().Records).Record.LimitShares);
    }

    [Fact]
    public void Load_JournalOfAContainerThatWasForgotten_IsNoContainer()
    {
        using var files = Open();
        files.SaveTogether([Stamped(files, "c1", 2)], areAll: false);

        Assert.Empty(files.Load().Records);
    }

    [Fact]
    public async Task SaveTogether_All_LeavesOnlyThose()
    {
        using var files = Open();
        await files.SaveAsync(Stamped(files, "c1", 1), default);
        for (var i = 2; i < 100; i++)
        {
            files.SaveTogether([Stamped(files, "c1", i)], areAll: false);
        }

        files.SaveTogether([Stamped(files, "c1", 100)], areAll: true);
        Assert.Single(await File.ReadAllLinesAsync(Journal));
        files.SaveTogether([Stamped(files, "c1", 101)], areAll: false);

        Assert.Equal(2, (await File.ReadAllLinesAsync(Journal)).Length);
        Assert.Equal(101, Assert.Single(files.Load().Records).Record.LimitShares);
        files.DropJournal();
        Assert.Equal(1, Assert.Single(files.Load().Records).Record.LimitShares);
    }

    public void Dispose() => _directory.Dispose();

    private StateFiles Open() => StateFiles.Open(_directory.Path);

    private static StampedRecord Stamped(StateFiles files, string containerId, int limitShares)
    {
        var spec = new ContainerSpec("user0", "stress", 1, new ScalingBounds(0, 400, 25), null, 64L << 20, 64, "tracking");
        return new StampedRecord(files.NextStamp(), ContainerRecord.Register(containerId, spec, default, default).WithLimit(limitShares, default));
    }
}
