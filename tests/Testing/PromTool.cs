namespace Testing;

/// <summary>Prometheus' own checks, and what its text format says.</summary>
public static class PromTool
{
    /// <summary>Lets <c>promtool check metrics</c> judge what a service shows: its format, names and units.</summary>
    /// <exception cref="InvalidOperationException">With promtool's complaints.</exception>
    public static async Task CheckAsync(string metrics)
    {
        using var directory = new TempDirectory();
        var file = directory.Combine("metrics");
        await File.WriteAllTextAsync(file, metrics).ConfigureAwait(false);
        await Shell.RunAsync("promtool check metrics <\"$1\"", file).ConfigureAwait(false);
    }

    /// <summary>The names of all metrics.</summary>
    public static IReadOnlyList<string> Names(string metrics) =>
        [.. metrics.Split('\n').Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2])];

    /// <summary>The value of one series, written as Prometheus writes it; null where it is not there.</summary>
    public static double? Value(string metrics, string series) =>
        metrics.Split('\n').FirstOrDefault(l => l.StartsWith(series + " ", StringComparison.Ordinal)) is { } line
            ? double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>Metrics that <c>deployment/prometheus/README.md</c> does not tell of.</summary>
    public static IEnumerable<string> Undocumented(string metrics)
    {
        var told = File.ReadAllText(Path.Combine(Repository.Root, "deployment", "prometheus", "README.md"));
        return Names(metrics).Where(name => !told.Contains($"`{name}`", StringComparison.Ordinal));
    }
}
