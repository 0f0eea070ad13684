using Testing;

namespace CreditManager.Tests.Databases;

/// <summary>
/// The database of a test's CreditManager: a SQLite file, or a database on PostgreSQL in the tests whose class said so in its
/// constructor with <see cref="UsePostgres"/>.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Travels with the flow of one test, from its class's constructor on; tests beside it do not see it.</summary>
    private static readonly AsyncLocal<PostgresFixture?> Chosen = new();

    private readonly TempDirectory _directory = new();
    private readonly PostgresFixture? _postgres = Chosen.Value;
    /// <summary>The SQLite file.</summary>
    public string File => _directory.Combine("credit.db");

    /// <summary>Where it is on PostgreSQL, once it is made.</summary>
    public string? ConnectionString { get; private set; }

    /// <summary>All CreditManagers that this test makes from here on use PostgreSQL.</summary>
    public static void UsePostgres(PostgresFixture fixture) => Chosen.Value = fixture;

    /// <summary>What the service's configuration says of it; makes it the first time.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> PrepareAsync()
    {
        if (_postgres is null)
        {
            return new Dictionary<string, string?> { ["credit:database"] = File };
        }

        ConnectionString ??= await _postgres.TakeAsync();
        return new Dictionary<string, string?>
        {
            ["credit:database_kind"] = "postgresql",
            ["credit:connection_string"] = ConnectionString,
            ["credit:signing_key_file"] = _directory.Combine("provider-key.pem"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (ConnectionString is not null)
        {
            await _postgres!.GiveBackAsync(ConnectionString);
        }

        _directory.Dispose();
    }
}
