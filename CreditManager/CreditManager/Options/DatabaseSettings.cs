using CreditManager.Storage.Postgres;

namespace CreditManager.Options;

/// <summary>Where the service keeps its data.</summary>
internal enum DatabaseKind
{
    /// <summary>In a file of its own.</summary>
    Sqlite,

    /// <summary>On a PostgreSQL server.</summary>
    Postgresql,
}

/// <summary>The part of <see cref="CreditOptions"/> that names the database.</summary>
internal static class DatabaseSettings
{
    /// <summary>All errors, each with its key.</summary>
    public static IEnumerable<string> FindFaults(CreditOptions options) => options.DatabaseKind switch
    {
        DatabaseKind.Sqlite => string.IsNullOrWhiteSpace(options.Database) ? ["database: missing; allowed: the path of a file."] : [],
        DatabaseKind.Postgresql when string.IsNullOrWhiteSpace(options.ConnectionStringFile) => string.IsNullOrWhiteSpace(options.ConnectionString)
            ? [$"connection_string_file: missing; allowed: a file with the line {PostgresAddress.Allowed}, or SCP_CREDIT__CONNECTION_STRING in the environment."]
            : Fault("connection_string: it", PostgresAddress.FindFault(options.ConnectionString)),
        DatabaseKind.Postgresql => Fault($"connection_string_file: \"{options.ConnectionStringFile}\"", FindFileFault(options.ConnectionStringFile)),
        _ => [],
    };

    /// <summary>The connection string, once validated.</summary>
    public static string ReadConnectionString(CreditOptions options) => string.IsNullOrWhiteSpace(options.ConnectionStringFile)
        ? options.ConnectionString!
        : File.ReadAllText(options.ConnectionStringFile).Trim();

    private static IEnumerable<string> Fault(string subject, string? fault) => fault is null ? [] : [$"{subject} {fault}"];

    private static string? FindFileFault(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return $"does not exist; allowed: a file with the line {PostgresAddress.Allowed}.";
            }

            return PrivateFile.IsOpenToOthers(path)
                ? PrivateFile.OpenToOthers
                : PostgresAddress.FindFault(File.ReadAllText(path).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }
}
