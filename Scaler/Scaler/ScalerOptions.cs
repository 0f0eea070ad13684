using ServiceDefaults;

namespace Scaler;

/// <summary>Section <c>scaler</c>: the node, its cgroups and how often they are looked at.</summary>
public sealed class ScalerOptions : IPlatformOptions
{
    /// <summary>Name of the node; default the machine's host name.</summary>
    public string Node { get; set; } = Environment.MachineName;

    /// <summary>Where cgroups are mounted; default <c>/sys/fs/cgroup</c>.</summary>
    public string CgroupRoot { get; set; } = "/sys/fs/cgroup";

    /// <summary>The cgroup, relative to every controller's root, that holds all containers; default <c>scp</c>.</summary>
    public string CgroupParent { get; set; } = "scp";

    /// <summary>Where the state of containers is kept; made where it is missing. Required.</summary>
    public string? StateDirectory { get; set; }

    /// <summary>Time from one look at the counters to the next; 50 ms to 5 s, default 200 ms.</summary>
    public TimeSpan Cycle { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Cores that may be given away; 1 to 1,000, default the machine's.</summary>
    public int Cores { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// How long the empty cgroup of a container is kept after its final reading was acknowledged, so that a bill can be compared with
    /// the kernel's own counter, and who asks to close it is told the final state again; 0 to 1 d, default 60 s.
    /// </summary>
    public TimeSpan ClosedCgroupRetention { get; set; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Node) || Node.Any(char.IsControl))
        {
            yield return "node: empty or not printable; allowed: a name for this machine.";
        }

        if (!Path.IsPathFullyQualified(CgroupRoot))
        {
            yield return $"cgroup_root: \"{CgroupRoot}\" is not allowed; allowed: an absolute path.";
        }

        if (CgroupParent.Split('/').Any(part => part is "" or "." or ".." || !part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@')))
        {
            yield return $"cgroup_parent: \"{CgroupParent}\" is not allowed; allowed: names of A-Z a-z 0-9 - _ . @, separated by slashes.";
        }

        if (string.IsNullOrWhiteSpace(StateDirectory) || !Path.IsPathFullyQualified(StateDirectory))
        {
            yield return $"state_directory: \"{StateDirectory}\" is not allowed; allowed: an absolute path.";
        }

        if (Cycle < TimeSpan.FromMilliseconds(50) || Cycle > TimeSpan.FromSeconds(5))
        {
            yield return $"cycle: {Cycle.TotalMilliseconds} ms is not allowed; allowed: 50ms to 5s.";
        }

        if (Cores is < 1 or > 1000)
        {
            yield return $"cores: {Cores} is not allowed; allowed: 1 to 1000.";
        }

        if (ClosedCgroupRetention < TimeSpan.Zero || ClosedCgroupRetention > TimeSpan.FromDays(1))
        {
            yield return $"closed_cgroup_retention: {ClosedCgroupRetention.TotalSeconds} s is not allowed; allowed: 0s to 1d.";
        }
    }
}
