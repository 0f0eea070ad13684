using ContainerManager.Persistence;
using Dapper;
using Microsoft.Data.Sqlite;
using Testing;

namespace ContainerManager.Tests.Persistence;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private Database _database = null!;

    public Task InitializeAsync()
    {
        _database = Database.Open(_directory.Combine("deep", "test.db"));
        return _database.WriteAsync(c => c.Execute("CREATE TABLE t (k INTEGER PRIMARY KEY)"));
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task WriteAsync_ManyAtOnce_AllAreThereAndOneThatFailsHarmsNoOther()
    {
        var writes = Enumerable.Range(0, 500).Select(i => _database.WriteAsync(c =>
        {
            c.Execute("INSERT INTO t VALUES (@k)", new { k = i });
            return i % 100 == 7 ? throw new FormatException("a mistake") : i;
        })).ToList();

        var failed = 0;
        foreach (var write in writes)
        {
            failed += await Record.ExceptionAsync(() => write) is FormatException ? 1 : 0;
        }

        Assert.Equal(5, failed);
        Assert.Equal(495, _database.Read(c => c.ExecuteScalar<int>("SELECT count(*) FROM t")));
    }

    [Fact]
    public async Task WriteAsync_RefusedByAConstraint_ThrowsAndTheNextGoesThrough()
    {
        await _database.WriteAsync(c => c.Execute("INSERT INTO t VALUES (1)"));

        await Assert.ThrowsAsync<SqliteException>(() => _database.WriteAsync(c => c.Execute("INSERT INTO t VALUES (1)")));
        await _database.WriteAsync(c => c.Execute("INSERT INTO t VALUES (2)"));

        Assert.Equal(2, _database.Read(c => c.ExecuteScalar<int>("SELECT count(*) FROM t")));
    }

    [Fact]
    public async Task FlushAsync_OnlyAfterWhatIsNotFlushedYet_WritesToTheDisk()
    {
        Assert.True(_database.FlushAsync().IsCompletedSuccessfully);
        await _database.WriteAsync(c => c.Execute("INSERT INTO t VALUES (1)"), WriteKind.Repeatable);
        var log = new FileInfo(_directory.Combine("deep", "test.db-wal"));
        var before = log.Length;

        await _database.FlushAsync();

        log.Refresh();
        // SQLite flushes nothing where nothing was changed.
        Assert.True(log.Length > before);
        Assert.True(_database.FlushAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Open_Again_KeepsWhatWasWritten()
    {
        await _database.WriteAsync(c => c.Execute("INSERT INTO t VALUES (42)"));
        await _database.DisposeAsync();

        _database = Database.Open(_directory.Combine("deep", "test.db"));

        Assert.Equal(42, _database.Read(c => c.ExecuteScalar<int>("SELECT k FROM t")));
    }

    [Fact]
    public async Task WriteAsync_KindsInTurn_AreSeenAtOnceAndStay()
    {
        foreach (var key in Enumerable.Range(1, 6))
        {
            await _database.WriteAsync(c => c.Execute("INSERT INTO t VALUES (@key)", new { key }), key % 3 == 0 ? WriteKind.Durable : WriteKind.Repeatable);
            Assert.Equal(key, _database.Read(c => c.ExecuteScalar<int>("SELECT max(k) FROM t")));
        }

        // Not flushed, and in the file all the same once the service is gone.
        await _database.WriteAsync(c => c.Execute("INSERT INTO t VALUES (7)"), WriteKind.Repeatable);
        File.Copy(_directory.Combine("deep", "test.db"), _directory.Combine("copy.db"));
        File.Copy(_directory.Combine("deep", "test.db-wal"), _directory.Combine("copy.db-wal"));

        await using var copy = Database.Open(_directory.Combine("copy.db"));
        Assert.Equal(7, copy.Read(c => c.ExecuteScalar<int>("SELECT count(*) FROM t")));
    }

    [Fact]
    public async Task Open_FileOfANewerProgram_SaysSo()
    {
        await _database.WriteAsync(c => c.Execute("PRAGMA user_version = 99"));

        var error = Assert.Throws<InvalidDataException>(() => Database.Open(_directory.Combine("deep", "test.db")));

        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }
}
