namespace Scaler.Cgroups;

/// <summary>
/// Explains why a service cannot have its cgroup: one that is not root has only what was delegated to it, by systemd or by hand.
/// </summary>
/// <param name="files">File port.</param>
/// <param name="root">Where cgroups are mounted.</param>
/// <param name="ownCgroups">What <c>/proc/self/cgroup</c> says.</param>
internal sealed class CgroupDelegation(ICgroupFiles files, string root, string ownCgroups)
{
    private const string AllControllers = "Delegate=cpu memory pids";

    /// <summary>What is missing for <paramref name="parent"/> and what to do, in one sentence.</summary>
    public string Explain(int version, string parent) => version == 1 ? ExplainV1(parent) : ExplainV2(parent);

    private static string ExplainV1(string parent) =>
        $"cgroup \"{parent}\" of version 1 is not this user's; run the Scaler as root, or make {parent} in the hierarchies "
        + $"{string.Join(", ", CgroupV1Driver.Controllers)} and give all of it to this user.";

    private string ExplainV2(string parent)
    {
        var mounted = files.FileExists(Path.Combine(root, CgroupV2Driver.AvailableControllers)) ? root : Path.Combine(root, "unified");
        var tree = new CgroupTree(files, mounted);
        var nearest = CgroupTree.Ancestors(parent).Append(parent).LastOrDefault(tree.Exists) ?? "";
        var missing = CgroupV2Driver.Controllers.Except(CgroupText.Names(tree.Read(nearest, CgroupV2Driver.AvailableControllers))).ToList();
        if (missing.Count > 0)
        {
            return nearest.Contains("user@", StringComparison.Ordinal)
                ? $"cgroup \"{nearest}\" has no {string.Join(", ", missing)}; have the administrator set {AllControllers} for user@.service and log in again."
                : $"cgroup \"{nearest}\" has no {string.Join(", ", missing)}; set {AllControllers} in this service's unit.";
        }

        return IsOwn(nearest)
            ? $"cgroup \"{nearest}\" has processes of its own, this one among them, and so cannot give controllers to cgroups below it; set DelegateSubgroup=service in this service's unit (systemd 254 or newer)."
            : $"cgroup \"{(nearest.Length > 0 ? nearest : "/")}\" is not this user's; run the Scaler as root, or set {AllControllers} and DelegateSubgroup=service in its unit and scaler.cgroup_parent to \"{Unit()}/containers\".";
    }

    /// <summary>Whether this very process is in a cgroup, and not only below it.</summary>
    private bool IsOwn(string path) => path.Length > 0 && path == Own();

    private string Own() =>
        ownCgroups.Split('\n').FirstOrDefault(l => l.StartsWith("0::/", StringComparison.Ordinal))?[4..].Trim() ?? "";

    /// <summary>The cgroup of this process's systemd unit, which has it in a subgroup perhaps; a guess where there is none.</summary>
    private string Unit()
    {
        var parts = Own().Split('/');
        var unit = Array.FindLastIndex(parts, p => p.EndsWith(".service", StringComparison.Ordinal));
        return unit < 0 ? "system.slice/UNIT.service" : string.Join('/', parts[..(unit + 1)]);
    }
}
