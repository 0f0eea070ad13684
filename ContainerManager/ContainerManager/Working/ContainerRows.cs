using ContainerManager.Persistence;

namespace ContainerManager.Working;

/// <summary>Between containers and their rows.</summary>
internal static class ContainerRows
{
    public static ContainerRow Of(FunctionContainer container) => new()
    {
        ContainerId = container.Id,
        Function = container.Facts.Function,
        Phase = container.State.ToString(),
        Image = container.Facts.Image,
        ImageDigest = container.Facts.ImageDigest,
        Fingerprint = container.Facts.Fingerprint,
        Slots = container.Facts.Slots,
        MemoryBytes = container.Facts.MemoryBytes,
        MaxAttempts = container.Facts.MaxAttempts,
        WallTimeTicks = container.Facts.WallTime.Ticks,
        StartedAt = container.Facts.StartedAt.UtcTicks,
    };

    public static ContainerFacts Facts(ContainerRow row) => new(
        row.ContainerId, row.Function, row.Image, row.ImageDigest, row.Fingerprint, row.Slots, row.MemoryBytes, row.MaxAttempts,
        TimeSpan.FromTicks(row.WallTimeTicks), new DateTimeOffset(row.StartedAt, TimeSpan.Zero));
}
