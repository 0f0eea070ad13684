using System.Data.Common;
using CreditManager.Options;
using CreditManager.Storage.Postgres;
using CreditManager.Storage.Sqlite;
using Npgsql;
using ServiceDefaults;

namespace CreditManager.Storage;

/// <summary>Opens the database of the configuration.</summary>
internal static class DatabaseOpener
{
    /// <exception cref="InvalidConfigurationException">It cannot be used; says why in words for operators, and never the password.</exception>
    public static CreditDatabase Open(CreditOptions options) => options.DatabaseKind switch
    {
        DatabaseKind.Sqlite => Open($"credit.database: \"{options.Database}\"", () => SqliteEngine.Open(options.Database!)),
        DatabaseKind.Postgresql => Open("credit.connection_string: the database", () => PostgresEngine.Open(DatabaseSettings.ReadConnectionString(options))),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.DatabaseKind, null),
    };

    private static CreditDatabase Open(string subject, Func<IDatabaseEngine> open)
    {
        try
        {
            return CreditDatabase.Open(open());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or DbException)
        {
            throw new InvalidConfigurationException([$"{subject} cannot be used: {Explain(e)}"]);
        }
    }

    private static string Explain(Exception failure) => failure switch
    {
        PostgresException answer => $"the server says: {answer.MessageText}.",
        NpgsqlException { InnerException: { } cause } away => $"{away.Message}: {cause.Message}",
        _ => failure.Message,
    };
}
