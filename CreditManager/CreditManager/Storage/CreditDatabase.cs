using Dapper;
using Microsoft.Data.Sqlite;

namespace CreditManager.Storage;

/// <summary>The service's own SQLite database. Whatever one <see cref="Write{T}"/> does is on the disk as a whole or not at all.</summary>
internal sealed class CreditDatabase : IDisposable
{
    private readonly string _connectionString;
    private readonly DatabaseLock _lock;

    private CreditDatabase(string connectionString, DatabaseLock taken) => (_connectionString, _lock) = (connectionString, taken);

    /// <summary>Opens or makes the database and brings its schema up to date.</summary>
    /// <exception cref="IOException">Another CreditManager has it, or its directory cannot be used.</exception>
    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    /// <exception cref="SqliteException">It is no database, or damaged.</exception>
    public static CreditDatabase Open(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var taken = DatabaseLock.Take(full + ".lock");
        try
        {
            // SQLite gives its own files beside the database the same mode: who owes what concerns nobody else.
            using (new FileStream(full, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
            }

            var connection = new SqliteConnectionStringBuilder { DataSource = full, ForeignKeys = true, DefaultTimeout = 30 };
            var database = new CreditDatabase(connection.ToString(), taken);
            database.Migrate();
            return database;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query on a consistent view.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        return query(connection);
    }

    /// <summary>Runs a change; an exception takes all of it back.</summary>
    public T Write<T>(Func<SqliteConnection, T> change)
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = change(connection);
        transaction.Commit();
        return result;
    }

    /// <summary>Runs a change; an exception takes all of it back.</summary>
    public void Write(Action<SqliteConnection> change) => Write(connection =>
    {
        change(connection);
        return true;
    });

    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _lock.Dispose();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        // A commit must be on the disk when it returns: the wallet and the Scalers are told things on the strength of it.
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    private void Migrate()
    {
        using (var connection = Connect())
        {
            connection.Execute("PRAGMA journal_mode = WAL");
        }

        Write(Migrations.Apply);
    }
}
