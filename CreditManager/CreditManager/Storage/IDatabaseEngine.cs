using System.Data.Common;
using CreditManager.Storage.Schema;

namespace CreditManager.Storage;

/// <summary>A kind of database that holds the service's data. Everything else that is said to it is SQL that all kinds take.</summary>
internal interface IDatabaseEngine : IDisposable
{
    /// <summary>Its words for what the schema says.</summary>
    SchemaDialect Dialect { get; }

    /// <summary>An open connection; the caller gives it back by disposing of it.</summary>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    DbConnection Connect();

    /// <summary>Begins to read one consistent view.</summary>
    DbTransaction BeginRead(DbConnection connection);

    /// <summary>Begins a change that no other runs beside and whose commit is on the disk when it returns.</summary>
    /// <exception cref="DatabaseLostException">The database is another CreditManager's by now.</exception>
    DbTransaction BeginWrite(DbConnection connection);
}
