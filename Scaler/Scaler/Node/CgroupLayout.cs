using System.Globalization;

namespace Scaler.Node;

/// <summary>Names of the cgroups of a container; only leaves hold processes, as version 2 wants it.</summary>
/// <param name="Parent">The cgroup that holds all containers.</param>
internal sealed record CgroupLayout(string Parent)
{
    private const string InstanceName = "instance";

    /// <summary>Limits and counters of the whole container.</summary>
    public string Container(string containerId) => $"{Parent}/{containerId}";

    /// <summary>The container's own processes.</summary>
    public string Instance(string containerId) => $"{Container(containerId)}/{InstanceName}";

    /// <summary>Everything that a slot's tasks fork.</summary>
    public string Slot(string containerId, int slot) => $"{Container(containerId)}/{SlotName(slot)}";

    /// <summary>Names of the cgroups in a container.</summary>
    public static IReadOnlyList<string> Children(int slots) => [InstanceName, .. Enumerable.Range(0, slots).Select(SlotName)];

    private static string SlotName(int slot) => string.Create(CultureInfo.InvariantCulture, $"slot{slot}");
}
