using System.Collections.Concurrent;
using System.Data.Common;
using CreditManager.Storage.Schema;
using Dapper;
using Microsoft.Data.Sqlite;
using ServiceDefaults.Sqlite;

namespace CreditManager.Storage.Sqlite;

/// <summary>A database in a file, which one process has to itself.</summary>
internal sealed class SqliteEngine : IDatabaseEngine
{
    private const int MostKept = 4;

    private readonly string _connectionString;
    private readonly DatabaseLock _lock;
    private readonly ConcurrentBag<KeptConnection> _kept = [];
    private volatile bool _isDisposed;

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

            var settings = new SqliteConnectionStringBuilder { DataSource = full, ForeignKeys = true, DefaultTimeout = 30, Pooling = false };
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
        if (_kept.TryTake(out var kept))
        {
            return kept;
        }

        var connection = new KeptConnection(_connectionString, TryKeep);
        connection.Open();
        // A commit must be on the disk when it returns: the wallet and the Scalers are told things on the strength of it.
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    public DbTransaction BeginRead(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public DbTransaction BeginWrite(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public void Dispose()
    {
        _isDisposed = true;
        CloseKept();
        _lock.Dispose();
    }

    private void CloseKept()
    {
        while (_kept.TryTake(out var connection))
        {
            connection.Close();
        }
    }

    // Whoever comes last may come after everything has ended.
    private bool TryKeep(KeptConnection connection)
    {
        if (_isDisposed || _kept.Count >= MostKept)
        {
            return false;
        }

        _kept.Add(connection);
        if (_isDisposed)
        {
            CloseKept();
        }

        return true;
    }

    /// <summary>A connection that is kept, with its statements, when its user disposes of it.</summary>
    private sealed class KeptConnection(string connectionString, Func<KeptConnection, bool> tryKeep) : ReusingConnection(connectionString)
    {
        protected override void Dispose(bool disposing)
        {
            if (!disposing || !tryKeep(this))
            {
                base.Dispose(disposing);
            }
        }
    }
}
