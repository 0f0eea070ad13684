using System.Globalization;

namespace Scaler.Cgroups;

/// <summary>Reads the kernel's cgroup files. Every method throws <see cref="FormatException"/> naming file and content.</summary>
internal static class CgroupText
{
    /// <summary>What an unlimited file says.</summary>
    public const string Max = "max";

    /// <summary>A file that holds one number.</summary>
    public static long Number(string file, string text) => TryNumber(text, out var value) ? value : throw Unexpected(file, text, "one number");

    /// <summary>A file that holds one number, or `max`, which gives null.</summary>
    public static long? NumberOrMax(string file, string text) => text.Trim() == Max ? null : Number(file, text);

    /// <summary>One line of a file of `name number` lines (Documentation/admin-guide/cgroup-v2.rst, "flat keyed").</summary>
    public static long Value(string file, string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space == name.Length && line.StartsWith(name, StringComparison.Ordinal) && TryNumber(line[space..], out var value))
            {
                return value;
            }
        }

        throw Unexpected(file, text, $"a line \"{name} NUMBER\"");
    }

    /// <summary>Version 2's `cpu.max`: quota, null for none, and period, in microseconds.</summary>
    public static (long? Quota, long Period) CpuMax(string file, string text)
    {
        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 && TryNumber(parts[1], out var period) && (parts[0] == Max || TryNumber(parts[0], out _))
            ? (parts[0] == Max ? null : long.Parse(parts[0], CultureInfo.InvariantCulture), period)
            : throw Unexpected(file, text, "\"QUOTA PERIOD\"");
    }

    /// <summary>
    /// A pressure file: how long, in microseconds and all in all, some of the processes waited (Documentation/accounting/psi.rst).
    /// </summary>
    public static long StalledTotal(string file, string text)
    {
        const string Total = " total=";
        var line = text.Split('\n')[0];
        var at = line.StartsWith("some ", StringComparison.Ordinal) ? line.IndexOf(Total, StringComparison.Ordinal) : -1;
        return at >= 0 && TryNumber(line[(at + Total.Length)..], out var value)
            ? value
            : throw Unexpected(file, text, "a first line \"some … total=NUMBER\"");
    }

    /// <summary>Process ids, one per line. The kernel writes 0 for a process that this one cannot see; those are left out.</summary>
    public static IReadOnlyList<int> Processes(string file, string text)
    {
        var processes = new List<int>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                throw Unexpected(file, text, "one process id per line");
            }

            if (pid > 0)
            {
                processes.Add(pid);
            }
        }

        return processes;
    }

    /// <summary>Names separated by spaces, as in `cgroup.controllers`.</summary>
    public static IReadOnlyList<string> Names(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool TryNumber(string text, out long value) =>
        long.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static FormatException Unexpected(string file, string text, string expected) =>
        new($"{file}: expected {expected}, found \"{(text.Length > 200 ? text[..200] + "…" : text).Trim()}\".");
}
