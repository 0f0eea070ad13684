using Scaler.Cgroups;
using Scaler.Core;
using Scaler.Core.Allocation;

namespace Scaler.Node;

/// <summary>Divides the node's cores between its open containers and makes the kernel keep to it. Callers hold the node's turn.</summary>
internal sealed partial class LimitAllocator(
    ScalerOptions options, ICgroupDriver driver, CgroupLayout layout, NodeContainers containers, NodeClock clock, ILogger<LimitAllocator> logger)
{
    /// <summary>100 per core.</summary>
    public int NodeShares { get; } = options.Cores * CpuQuota.SharesPerCore;

    /// <summary>Sum of the limits in force.</summary>
    public int AllocatedShares => containers.Open.Sum(c => c.Record.LimitShares);

    /// <summary>Whether the floors of all open containers and one more fit on the node.</summary>
    /// <param name="containerId">The container that is new, or changes its minimum.</param>
    /// <param name="floorShares">Its floor.</param>
    public bool HasRoomFor(string containerId, int floorShares) =>
        containers.Open.Where(c => c.Record.ContainerId != containerId).Sum(c => (long)c.Record.Bounds.FloorShares) + floorShares <= NodeShares;

    /// <summary>What to answer where there is no room.</summary>
    public Refusal NodeFull(int floorShares) => Refusal.Conflict(
        $"The node is full: the minimums of its containers and {floorShares} shares more do not fit into its {NodeShares} shares.");

    /// <summary>Sets every limit, restriction and freeze; whatever others changed is set right.</summary>
    public void Apply()
    {
        var open = containers.Open;
        var limits = Arbitration.Divide(NodeShares, [.. open.Select(c => c.Record.ToClaim(c.NeededShares))]);
        // Lowering comes first: not even for a moment are there more limits than cores.
        foreach (var container in open.OrderBy(c => limits[c.Record.ContainerId] - c.Record.LimitShares))
        {
            var record = container.Record;
            var free = NodeShares - AllocatedShares;
            // Less than wished where a lowering failed.
            var shares = Math.Min(limits[record.ContainerId], Math.Max(record.LimitShares + free, CpuQuota.LeastShares));
            try
            {
                Apply(container, shares);
                container.Setting.Clear();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                if (container.Setting.IsNew(e))
                {
                    LogNotApplied(record.ContainerId, shares, e);
                }
            }
        }
    }

    private void Apply(ManagedContainer container, int shares)
    {
        var record = container.Record;
        var settings = new CgroupSettings(shares, record.Spec.MemoryLimitBytes, record.Spec.ProcessLimit, record.Frozen);
        var written = driver.Apply(layout.Container(record.ContainerId), settings);
        if (written.Count > 0 && settings == container.Applied)
        {
            LogSetRight(record.ContainerId, string.Join(", ", written));
        }

        container.Applied = settings;
        if (shares != record.LimitShares)
        {
            container.Record = record.WithLimit(shares, clock.Now);
        }
    }
}
