using System.Data.Common;
using System.Globalization;
using Dapper;

namespace CreditManager.Storage.Schema;

internal sealed class SqliteSchema : SchemaDialect
{
    public override long ReadVersion(DbConnection db) => db.ExecuteScalar<long>("PRAGMA user_version");

    public override void WriteVersion(DbConnection db, int version) =>
        db.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));

    public override string Translate(SchemaStep step) => step.Both + step.Sqlite;
}
