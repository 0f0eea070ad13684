using System.Data.Common;
using CreditManager.Storage.Schema;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CreditManager.Storage.Sqlite;

/// <summary>A database in a file, which one process has to itself.</summary>
internal sealed class SqliteEngine : IDatabaseEngine
{
    private readonly string _connectionString;
    private readonly DatabaseLock _lock;

    private SqliteEngine(string connectionString, DatabaseLock taken) => (_connectionString, _lock) = (connectionString, taken);

    public SchemaDialect Dialect { get; } = new SqliteSchema();

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="IOException">Another CreditManager has it, or its directory cannot be used.</exception>
    /// <exception cref="SqliteException">It is no database, or damaged.</exception>
    public static SqliteEngine Open(string path)
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

            var settings = new SqliteConnectionStringBuilder { DataSource = full, ForeignKeys = true, DefaultTimeout = 30 };
            var engine = new SqliteEngine(settings.ToString(), taken);
            using var connection = engine.Connect();
            connection.Execute("PRAGMA journal_mode = WAL");
            return engine;
        }
        catch (Exception)
        {
            taken.Dispose();
            throw;
        }
    }

    public DbConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        // A commit must be on the disk when it returns: the wallet and the Scalers are told things on the strength of it.
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    public DbTransaction BeginRead(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public DbTransaction BeginWrite(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _lock.Dispose();
    }
}
