using ContainerManager.Core.Containers;
using Dapper;

namespace ContainerManager.Persistence;

/// <summary>Containers, stopped ones included.</summary>
internal sealed class ContainerTable(Database database)
{
    /// <summary>Those that are not stopped.</summary>
    public IReadOnlyList<ContainerRow> ListOpen() => database.Read(c => c.Query<ContainerRow>(
        $"SELECT * FROM containers WHERE phase <> '{nameof(ContainerState.Stopped)}' ORDER BY rowid").AsList());

    public Task InsertAsync(ContainerRow row) => database.WriteAsync(c => c.Execute(
        """
        INSERT INTO containers (container_id, function, phase, image, image_digest, fingerprint, slots, memory_bytes, max_attempts, wall_time_ticks, started_at)
        VALUES (@ContainerId, @Function, @Phase, @Image, @ImageDigest, @Fingerprint, @Slots, @MemoryBytes, @MaxAttempts, @WallTimeTicks, @StartedAt)
        """,
        row));

    public Task SetPhaseAsync(string containerId, ContainerState phase) => database.WriteAsync(c => c.Execute(
        "UPDATE containers SET phase = @phase WHERE container_id = @containerId", new { containerId, phase = phase.ToString() }));
}
