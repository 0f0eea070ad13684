using System.Data.Common;

namespace CreditManager.Storage.Schema;

/// <summary>How one kind of database says what the schema wants, where the kinds differ.</summary>
internal abstract class SchemaDialect
{
    /// <summary>The schema's version; 0 for an empty database.</summary>
    public abstract long ReadVersion(DbConnection db);

    public abstract void WriteVersion(DbConnection db, int version);

    /// <summary>A step in this database's words.</summary>
    public abstract string Translate(SchemaStep step);
}

/// <summary>A step of the schema.</summary>
/// <param name="Both">What all kinds of database do, in SQLite's words.</param>
/// <param name="Sqlite">What only SQLite does, after it.</param>
/// <param name="Postgres">What only PostgreSQL does, after it.</param>
internal sealed record SchemaStep(string Both, string Sqlite = "", string Postgres = "");
