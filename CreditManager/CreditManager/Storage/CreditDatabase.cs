using System.Data.Common;
using CreditManager.Storage.Schema;

namespace CreditManager.Storage;

/// <summary>The service's own database. Whatever one <see cref="Write{T}"/> does is on the disk as a whole or not at all.</summary>
internal sealed class CreditDatabase : IDisposable
{
    private readonly IDatabaseEngine _engine;

    /// <summary>Databases let one writer in at a time; those of this process queue here, where waiting costs neither polling nor a timeout.</summary>
    private readonly Lock _writer = new();

    private readonly CancellationTokenSource _lost = new();

    private CreditDatabase(IDatabaseEngine engine) => _engine = engine;

    /// <summary>Cancelled once another CreditManager has the database: this one can write nothing any more and has to stop.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Brings the schema up to date; the engine is the database's from here on.</summary>
    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    /// <exception cref="DbException">It is no database, damaged or out of reach.</exception>
    public static CreditDatabase Open(IDatabaseEngine engine)
    {
        var database = new CreditDatabase(engine);
        try
        {
            database.Write(db => Migrations.Apply(db, engine.Dialect));
            return database;
        }
        catch (Exception)
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query on a consistent view.</summary>
    public T Read<T>(Func<DbConnection, T> query)
    {
        using var connection = _engine.Connect();
        using var transaction = _engine.BeginRead(connection);
        return query(connection);
    }

    /// <summary>Runs a change; an exception takes all of it back.</summary>
    public T Write<T>(Func<DbConnection, T> change)
    {
        lock (_writer)
        {
            using var connection = _engine.Connect();
            using var transaction = Begin(connection);
            var result = change(connection);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Runs a change; an exception takes all of it back.</summary>
    public void Write(Action<DbConnection> change) => Write(connection =>
    {
        change(connection);
        return true;
    });

    public void Dispose()
    {
        _engine.Dispose();
        _lost.Dispose();
    }

    private DbTransaction Begin(DbConnection connection)
    {
        try
        {
            return _engine.BeginWrite(connection);
        }
        catch (DatabaseLostException)
        {
            _lost.Cancel();
            throw;
        }
    }
}
