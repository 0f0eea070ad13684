using System.Data.Common;
using Dapper;
using Npgsql;

namespace CreditManager.Storage.Postgres;

/// <summary>
/// Keeps a second CreditManager off a database. The server lifts the advisory lock when the connection that holds it ends, however
/// it ends; that alone would let a process go on that has lost its lock without noticing. So whoever takes the lock
/// also counts up an epoch, and every change reads the epoch under a row lock first: after a takeover nothing of the old process
/// can be committed any more.
/// A lock that went with its connection is taken anew, as long as nobody had it in between: a server that was restarted must not
/// end billing. After a takeover the process has to stop: two that read and acknowledge the same counters would be one too many.
/// </summary>
internal sealed class PostgresLock : IDisposable
{
    /// <summary>"SCP credit": any number that no other program uses on this database.</summary>
    private const long Key = 0x5343_5043_5245_4449;

    private const string Starting = "one that is just starting";

    private readonly string _connectionString;
    private NpgsqlConnection _connection;
    private long _epoch;

    private PostgresLock(string connectionString, NpgsqlConnection connection) => (_connectionString, _connection) = (connectionString, connection);

    /// <exception cref="IOException">Another CreditManager has it; the message names it.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public static PostgresLock Take(string connectionString)
    {
        var taken = new PostgresLock(connectionString, new NpgsqlConnection(connectionString));
        try
        {
            taken._connection.Open();
            if (!taken.TryLock())
            {
                throw new IOException($"another CreditManager ({FindHolder(taken._connection)}) has this database open.");
            }

            taken.CountEpoch();
            return taken;
        }
        catch (Exception)
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Call first in every change; holds any other change off until this one has ended.</summary>
    /// <exception cref="DatabaseLostException">Another CreditManager took the database over.</exception>
    public void Require(DbConnection db)
    {
        var (epoch, held) = db.QuerySingle<(long, bool)>(
            """
            SELECT epoch, EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = @pid AND granted
                AND classid::bigint = @high AND objid::bigint = @low
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database ()))
            FROM held_by FOR UPDATE
            """,
            new { pid = _connection.State == System.Data.ConnectionState.Open ? _connection.ProcessID : 0, high = Key >> 32, low = Key & 0xffff_ffff });
        if (epoch != _epoch || !(held || TryLockAgain()))
        {
            var holder = epoch != _epoch ? FindHolder(db) : Starting;
            throw new DatabaseLostException($"the database was taken over by another CreditManager ({holder}); this one must stop.");
        }
    }

    public void Dispose() => _connection.Dispose();

    private static string FindHolder(DbConnection db) => db.ExecuteScalar<string?>("SELECT to_regclass ('held_by')::text") is null
        ? Starting
        : db.QuerySingleOrDefault<(string Host, long Pid)?>("SELECT host, pid FROM held_by") is { } holder
            ? $"process {holder.Pid} on {holder.Host}"
            : Starting;

    private bool TryLock() => _connection.ExecuteScalar<bool>("SELECT pg_try_advisory_lock (@Key)", new { Key });

    private bool TryLockAgain()
    {
        _connection.Dispose();
        _connection = new NpgsqlConnection(_connectionString);
        _connection.Open();
        return TryLock();
    }

    private void CountEpoch()
    {
        using var transaction = _connection.BeginTransaction();
        _connection.Execute("CREATE TABLE IF NOT EXISTS held_by (epoch BIGINT NOT NULL, host TEXT NOT NULL, pid BIGINT NOT NULL)");
        var holder = new { host = Environment.MachineName, pid = (long)Environment.ProcessId };
        var epoch = _connection.ExecuteScalar<long?>("UPDATE held_by SET epoch = epoch + 1, host = @host, pid = @pid RETURNING epoch", holder);
        _epoch = epoch ?? _connection.ExecuteScalar<long>("INSERT INTO held_by VALUES (1, @host, @pid) RETURNING epoch", holder);
        transaction.Commit();
    }
}
