using Scaler.Cgroups;
using Scaler.Contracts;
using Scaler.Core;
using Scaler.Core.Allocation;
using Scaler.Core.Containers;
using Scaler.History;

namespace Scaler.Node;

/// <summary>Divides the node's cores between its open containers and makes the kernel keep to it. Callers hold the node's turn.</summary>
internal sealed partial class LimitAllocator(
    ScalerOptions options,
    ICgroupDriver driver,
    CgroupLayout layout,
    NodeContainers containers,
    DecisionBook decisions,
    NodeClock clock,
    ILogger<LimitAllocator> logger)
{
    /// <summary>How often the kernel's files are compared with what they should say.</summary>
    private static readonly TimeSpan VerificationPeriod = TimeSpan.FromSeconds(1);

    /// <summary>So often everything is compared, in between only what matters most.</summary>
    private const int WholeVerification = 5;

    private List<Claim> _claims = [];
    private IReadOnlyDictionary<string, int> _division = Arbitration.Divide(0, []);

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

    /// <summary>
    /// Sets the limits of a container that is new. Where what it wants is free it gets that and nobody else is looked at, so that a node of many
    /// containers takes one in quickly; otherwise the node is divided anew.
    /// </summary>
    public void Admit(ManagedContainer container)
    {
        var record = container.Record;
        var free = NodeShares - AllocatedShares + record.LimitShares;
        if (Wish(record) <= free)
        {
            Set(container, Wish(record));
            container.WishedShares = Wish(record);
        }
        else
        {
            Apply(container);
        }
    }

    /// <summary>Sets every limit, restriction and freeze that is new; once a second whatever others changed is set right, too.</summary>
    /// <param name="changed">The container that a request changed; who asked notes the decision.</param>
    public void Apply(ManagedContainer? changed = null)
    {
        var open = containers.Open;
        var limitOf = Divide(open);
        var free = NodeShares - open.Sum(c => c.Record.LimitShares);
        var now = clock.Now;
        // Lowering comes first: not even for a moment are there more limits than cores.
        foreach (var container in open.Where(c => IsDue(c, limitOf(c), now)).OrderBy(c => limitOf(c) - c.Record.LimitShares))
        {
            var before = container.Record;
            // Less than wished where a lowering failed.
            var shares = Math.Min(limitOf(container), Math.Max(before.LimitShares + free, CpuQuota.LeastShares));
            Set(container, shares);
            free += before.LimitShares - container.Record.LimitShares;
            if (before.LimitShares != container.Record.LimitShares && container != changed)
            {
                var (kind, reason) = Explain(container, before);
                decisions.Note(container, kind, reason, before.LimitShares);
            }
        }

        foreach (var container in open)
        {
            container.WishedShares = Wish(container.Record);
        }
    }

    private Func<ManagedContainer, int> Divide(IReadOnlyList<ManagedContainer> open)
    {
        if (open.Sum(c => (long)Wish(c.Record)) <= NodeShares)
        {
            return c => Wish(c.Record);
        }

        List<Claim> claims = [.. open.Select(c => c.Record.ToClaim(c.NeededShares))];
        if (!claims.SequenceEqual(_claims))
        {
            _claims = claims;
            _division = Arbitration.Divide(NodeShares, claims);
        }

        return c => _division[c.Record.ContainerId];
    }

    private static bool IsDue(ManagedContainer container, int shares, TimeSpan now) =>
        now >= container.VerifyAt || container.Applied != ToSettings(container.Record, shares);

    private void Set(ManagedContainer container, int shares)
    {
        try
        {
            Apply(container, shares);
            container.Setting.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // Whatever was written of it: it is tried anew in the next cycle.
            container.Applied = null;
            if (container.Setting.IsNew(e))
            {
                LogNotApplied(container.Record.ContainerId, shares, e);
            }
        }
    }

    private void Apply(ManagedContainer container, int shares)
    {
        var record = container.Record;
        var settings = ToSettings(record, shares);
        var path = layout.Container(record.ContainerId);
        if (container.Applied is not { } applied)
        {
            driver.Apply(path, settings);
            (container.Verifications, container.VerifyAt) = (0, clock.Now + VerificationPeriod);
        }
        else if (applied != settings)
        {
            driver.Change(path, applied, settings);
        }

        container.Applied = settings;
        if (shares != record.LimitShares)
        {
            container.Record = record.WithLimit(shares, clock.Now);
        }

        if (clock.Now >= container.VerifyAt)
        {
            Verify(container, path, settings);
        }
    }

    private void Verify(ManagedContainer container, string path, CgroupSettings settings)
    {
        container.Verifications++;
        container.VerifyAt = clock.Now + VerificationPeriod;
        var briefly = container.Verifications % WholeVerification != 0;
        var written = driver.Apply(path, settings, briefly);
        if (briefly && written.Count > 0)
        {
            // Who changed that may have changed more.
            written = [.. written.Union(driver.Apply(path, settings), StringComparer.Ordinal)];
        }

        if (written.Count > 0)
        {
            var record = container.Record;
            var files = string.Join(", ", written);
            decisions.Note(container, DecisionKind.Reassertion, "something else changed " + files, record.LimitShares);
            if (container.Interference.IsNew(files, clock.Now))
            {
                LogSetRight(record.ContainerId, files);
            }
        }
    }

    private static (DecisionKind Kind, string Reason) Explain(ManagedContainer container, ContainerRecord before)
    {
        var record = container.Record;
        return record.LimitShares < Wish(record) ? (DecisionKind.Contention, "the node has less CPU than its containers want")
            : before.LimitShares < container.WishedShares ? (DecisionKind.Contention, "the node has enough CPU again")
            : (DecisionKind.Policy, container.PolicyReason is { Length: > 0 } reason ? reason : record.Policy);
    }

    private static int Wish(ContainerRecord record) => record.RestrictionShares ?? record.Bounds.Clamp(record.WantedShares);

    private static CgroupSettings ToSettings(ContainerRecord record, int shares) =>
        new(shares, record.Spec.MemoryLimitBytes, record.Spec.ProcessLimit, record.Frozen, record.Memory.Bytes);
}
