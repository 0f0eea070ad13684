using System.Collections.Concurrent;
using Npgsql;
using Testing;

namespace CreditManager.Tests.Databases;

/// <summary>One PostgreSQL server for all tests that want one; each of them has a database of its own there.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly ConcurrentBag<string> _free = [];
    private int _count;

    public PostgresServer Server { get; } = new();

    public Task InitializeAsync() => Server.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>An empty database for one test; its connection string.</summary>
    public async Task<string> TakeAsync()
    {
        if (_free.TryTake(out var connectionString))
        {
            return connectionString;
        }

        var name = $"credit_{Interlocked.Increment(ref _count)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return $"{Server.ConnectionString};Database={name}";
    }

    /// <summary>Takes a database back and empties it, whoever still uses it: that is much faster than to remove and to make one.</summary>
    public async Task GiveBackAsync(string connectionString)
    {
        await ExecuteAsync(
            """
            SELECT pg_terminate_backend (pid, 10000) FROM pg_stat_activity WHERE datname = current_database () AND pid <> pg_backend_pid ();
            DROP SCHEMA public CASCADE;
            CREATE SCHEMA public;
            """,
            connectionString);
        _free.Add(connectionString);
    }

    /// <summary>Runs a statement as the server's administrator.</summary>
    public async Task ExecuteAsync(string sql, string? database = null)
    {
        await using var connection = new NpgsqlConnection($"{database ?? $"{Server.ConnectionString};Database=postgres"};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresGroup : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
