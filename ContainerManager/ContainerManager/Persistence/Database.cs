using System.Collections.Concurrent;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;
using ServiceDefaults.Sqlite;

namespace ContainerManager.Persistence;

/// <summary>What a write has to survive once its task is complete.</summary>
internal enum WriteKind
{
    /// <summary>The machine's end.</summary>
    Durable,

    /// <summary>The service's end. Where the machine ends, what it records is found out, or done, again.</summary>
    Repeatable,
}

/// <summary>
/// The service's SQLite file. Writes go through one connection, one after another; those that wait together are committed
/// together, so that many slots share the price of one flush to the disk. A write is on the disk when its task completes; one that is
/// <see cref="WriteKind.Repeatable"/> is safe from the service's end then, and reaches the disk with the next that is flushed.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int MaxBatch = 128;
    private const int MostReaders = 2;

    private readonly string _connectionString;
    private readonly ReusingConnection _writer;
    private readonly ConcurrentBag<ReusingConnection> _readers = [];
    private readonly Channel<IWrite> _writes = Channel.CreateUnbounded<IWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;
    private bool _flushes = true;
    private volatile bool _hasUnflushed;
    private volatile bool _isDisposed;

    private Database(string connectionString, ReusingConnection writer)
    {
        (_connectionString, _writer) = (connectionString, writer);
        _loop = Task.Run(WriteLoopAsync);
    }

    /// <summary>Opens the file; makes or upgrades it where needed.</summary>
    public static Database Open(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // Connections are kept here, with their statements.
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = true }.ToString();
        var writer = Connect(connectionString);
        writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        Schema.Upgrade(writer);
        return new Database(connectionString, writer);
    }

    /// <summary>Runs <paramref name="work"/> in a transaction and returns once it is kept as its <paramref name="kind"/> says.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, WriteKind kind = WriteKind.Durable)
    {
        var write = new Write<T>(work, kind);
        return _writes.Writer.TryWrite(write) ? write.Done : throw new ObjectDisposedException(nameof(Database));
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteConnection> work, WriteKind kind = WriteKind.Durable) => WriteAsync(
        connection =>
        {
            work(connection);
            return true;
        },
        kind);

    /// <summary>Returns once everything that was written before is safe from the machine's end, too.</summary>
    public Task FlushAsync() => _hasUnflushed
        // Any change will do: what is flushed takes everything before it along.
        ? WriteAsync(Schema.Touch)
        : Task.CompletedTask;

    /// <summary>Runs a query on a connection of its own; it sees everything that was written before.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        if (!_readers.TryTake(out var connection))
        {
            connection = Connect(_connectionString);
            // In KiB. Whoever reads wants a few rows.
            connection.Execute("PRAGMA cache_size = -512");
        }

        try
        {
            return query(connection);
        }
        finally
        {
            Keep(connection);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _isDisposed = true;
        while (_readers.TryTake(out var reader))
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ReusingConnection Connect(string connectionString)
    {
        var connection = new ReusingConnection(connectionString);
        connection.Open();
        return connection;
    }

    // A query may end after everything else.
    private void Keep(ReusingConnection connection)
    {
        if (_isDisposed || _readers.Count >= MostReaders)
        {
            connection.Dispose();
        }
        else
        {
            _readers.Add(connection);
        }
    }

    private async Task WriteLoopAsync()
    {
        var batch = new List<IWrite>();
        while (await _writes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _writes.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            Commit(batch);
        }
    }

    private void Commit(List<IWrite> batch)
    {
        try
        {
            FlushIf(batch.Exists(write => write.Kind == WriteKind.Durable));
            _hasUnflushed |= !_flushes;
            _writer.Execute("BEGIN IMMEDIATE");
            if (batch.Count == 1)
            {
                _writer.Execute(batch[0].TryRun(_writer) ? "COMMIT" : "ROLLBACK");
            }
            else
            {
                batch.ForEach(RunOne);
                _writer.Execute("COMMIT");
            }

            _hasUnflushed &= !_flushes;
            batch.ForEach(write => write.Complete());
        }
        catch (SqliteException e)
        {
            batch.ForEach(write => write.Fail(e));
            RollBack();
        }
    }

    // In WAL mode "normal" commits without a flush; what is flushed later takes everything before it along (sqlite.org, pragma synchronous).
    private void FlushIf(bool isWanted)
    {
        if (isWanted != _flushes)
        {
            _writer.Execute(isWanted ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _flushes = isWanted;
        }
    }

    private void RunOne(IWrite write)
    {
        _writer.Execute("SAVEPOINT one");
        if (!write.TryRun(_writer))
        {
            _writer.Execute("ROLLBACK TO one");
        }

        _writer.Execute("RELEASE one");
    }

    private void RollBack()
    {
        try
        {
            _writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself (a full disk does that): there is nothing left to undo.
        }
    }

    private interface IWrite
    {
        WriteKind Kind { get; }

        bool TryRun(SqliteConnection connection);

        void Complete();

        void Fail(Exception error);
    }

    private sealed class Write<T>(Func<SqliteConnection, T> work, WriteKind kind) : IWrite
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _error;

        public Task<T> Done => _done.Task;

        public WriteKind Kind => kind;

        public bool TryRun(SqliteConnection connection)
        {
            try
            {
                _result = work(connection);
                return true;
            }
            catch (Exception e)
            {
                // Whatever it is goes to the caller: the others of the batch go on, and so does the loop.
                _error = e;
                return false;
            }
        }

        public void Complete() => _ = _error is null ? _done.TrySetResult(_result!) : _done.TrySetException(_error);

        public void Fail(Exception error) => _done.TrySetException(_error ?? error);
    }
}
