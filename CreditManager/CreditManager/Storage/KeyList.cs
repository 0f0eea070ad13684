using System.Data.Common;
using Dapper;
using Npgsql;

namespace CreditManager.Storage;

/// <summary>Looks rows up by many keys.</summary>
internal static class KeyList
{
    private const int KeysAtOnce = 500;

    /// <summary>Rows whose <paramref name="column"/> is among <paramref name="keys"/>, which are asked for some hundred at a time.</summary>
    /// <param name="db">The database.</param>
    /// <param name="select">A query that ends before its condition.</param>
    /// <param name="column">The column.</param>
    /// <param name="keys">Keys, none twice.</param>
    /// <param name="rest">What follows the condition.</param>
    public static IEnumerable<TRow> QueryAmong<TRow>(
        this DbConnection db, string select, string column, IEnumerable<string> keys, string rest = "")
    {
        // Dapper hands a list to a server with arrays as one array, and spells it out for others.
        var sql = $"{select} WHERE {column} {(db is NpgsqlConnection ? "= ANY (@part)" : "IN @part")} {rest}";
        return keys.Chunk(KeysAtOnce).SelectMany(part => db.Query<TRow>(sql, new { part }));
    }
}
