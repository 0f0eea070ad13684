using Npgsql;

namespace CreditManager.Storage.Postgres;

/// <summary>Reads connection strings. They hold a password, so nothing of them is ever told.</summary>
internal static class PostgresAddress
{
    public const string Allowed = "Host=NAME;Port=5432;Database=NAME;Username=NAME;Password=…";

    /// <summary>What is wrong with a connection string; null where it can be tried.</summary>
    public static string? FindFault(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrWhiteSpace(settings.Host) || settings.Host.Contains(',', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(settings.Database)
                ? $"names no single host and database; allowed: {Allowed}."
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            return $"is no connection string of PostgreSQL; allowed: {Allowed}.";
        }
    }

    /// <summary>For the work: a commit is on the disk when it returns, whatever the server or the role has as its default.</summary>
    public static string Pool(string connectionString) => Build(connectionString, "-c synchronous_commit=on").ToString();

    /// <summary>For the lock: kept open for good, and given up by a server that has not heard of this machine for half a minute.</summary>
    public static string Lock(string connectionString)
    {
        var settings = Build(connectionString, "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4");
        settings.Pooling = false;
        return settings.ToString();
    }

    private static NpgsqlConnectionStringBuilder Build(string connectionString, string options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Multiplexing = false, Enlist = false };
        settings.Options = string.IsNullOrEmpty(settings.Options) ? options : $"{settings.Options} {options}";
        settings.ApplicationName ??= "credit-manager";
        return settings;
    }
}
