using Dapper;

namespace ContainerManager.Persistence;

/// <summary>Registered functions.</summary>
internal sealed class FunctionTable(Database database)
{
    public IReadOnlyList<FunctionRow> List() =>
        database.Read(c => c.Query<FunctionRow>("SELECT * FROM functions ORDER BY name").AsList());

    public FunctionRow? Find(string name) =>
        database.Read(c => c.QuerySingleOrDefault<FunctionRow>("SELECT * FROM functions WHERE name = @name", new { name }));

    /// <summary>The function that has a bucket; null where it is free.</summary>
    public string? OwnerOfBucket(string bucket) =>
        database.Read(c => c.QuerySingleOrDefault<string>("SELECT name FROM functions WHERE bucket = @bucket", new { bucket }));

    /// <summary>Adds the function, or changes everything but its counters.</summary>
    public Task SaveAsync(FunctionRow row) => database.WriteAsync(c => c.Execute(
        """
        INSERT INTO functions (name, user, bucket, max_shares, max_memory_bytes, max_slots, allow_network, active, bucket_made)
        VALUES (@Name, @User, @Bucket, @MaxShares, @MaxMemoryBytes, @MaxSlots, @AllowNetwork, @Active, @BucketMade)
        ON CONFLICT (name) DO UPDATE SET user = excluded.user, bucket = excluded.bucket, max_shares = excluded.max_shares,
            max_memory_bytes = excluded.max_memory_bytes, max_slots = excluded.max_slots, allow_network = excluded.allow_network,
            active = excluded.active, bucket_made = excluded.bucket_made
        """,
        row));

    public Task MarkBucketMadeAsync(string name) =>
        database.WriteAsync(c => c.Execute("UPDATE functions SET bucket_made = 1 WHERE name = @name", new { name }));

    /// <summary>Forgets the function and its tasks; its containers' rows stay, so that no id is used again.</summary>
    public Task DeleteAsync(string name) => database.WriteAsync(c =>
        c.Execute("DELETE FROM tasks WHERE function = @name; DELETE FROM functions WHERE name = @name", new { name }));
}
