using System.Data;
using System.Data.Common;
using CreditManager.Storage.Schema;
using Dapper;
using Npgsql;

namespace CreditManager.Storage.Postgres;

/// <summary>A database on a PostgreSQL server, which one CreditManager has to itself however many have its address.</summary>
internal sealed class PostgresEngine : IDatabaseEngine
{
    private readonly NpgsqlDataSource _source;
    private readonly PostgresLock _lock;

    private PostgresEngine(NpgsqlDataSource source, PostgresLock taken) => (_source, _lock) = (source, taken);

    public SchemaDialect Dialect { get; } = new PostgresSchema();

    /// <summary>Takes possession of the database.</summary>
    /// <param name="connectionString">One that <see cref="PostgresAddress.FindFault"/> found nothing wrong with.</param>
    /// <exception cref="IOException">Another CreditManager has it, or the server would forget what it was told.</exception>
    /// <exception cref="NpgsqlException">It cannot be reached.</exception>
    public static PostgresEngine Open(string connectionString)
    {
        var source = NpgsqlDataSource.Create(PostgresAddress.Pool(connectionString));
        try
        {
            using (var connection = source.OpenConnection())
            {
                RequireDurability(connection);
            }

            return new PostgresEngine(source, PostgresLock.Take(PostgresAddress.Lock(connectionString)));
        }
        catch (Exception)
        {
            source.Dispose();
            throw;
        }
    }

    public DbConnection Connect() => _source.OpenConnection();

    public DbTransaction BeginRead(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    public DbTransaction BeginWrite(DbConnection connection)
    {
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            _lock.Require(connection);
            return transaction;
        }
        catch (NpgsqlException)
        {
            // A server that went away takes all connections with it: the next ones are new.
            transaction.Dispose();
            _source.Clear();
            throw;
        }
        catch (Exception)
        {
            transaction.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _lock.Dispose();
    }

    private static void RequireDurability(NpgsqlConnection connection)
    {
        if (connection.ExecuteScalar<string>("SHOW fsync") is "off")
        {
            throw new IOException("the server runs with fsync off: what it confirms may be gone after a power failure; allowed: fsync on.");
        }
    }
}
