using Scaler.Cgroups;

namespace Scaler.Node;

/// <summary>Memory of the machine.</summary>
internal static class MachineMemory
{
    private const string File = "/proc/meminfo";

    /// <summary>All there is, in bytes.</summary>
    public static long ReadBytes() => Parse(System.IO.File.ReadAllText(File));

    /// <summary>The kernel writes `MemTotal:       24600000 kB` and means KiB.</summary>
    internal static long Parse(string text) =>
        CgroupText.Value(File, text.Replace(" kB", "", StringComparison.Ordinal), "MemTotal:") * 1024;
}
