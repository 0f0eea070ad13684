using System.Globalization;
using System.Text;

namespace Benchmarks.Soak;

/// <summary>What a task must have left in its bucket, to the byte.</summary>
internal static class SoakResults
{
    /// <summary>What is wrong with results and log; null where nothing is.</summary>
    public static string? FindFault(SoakTask task)
    {
        var directory = task.Bucket.Path("results/" + task.Name);
        var expected = Expected(task);
        var found = Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(directory, f)).ToHashSet(StringComparer.Ordinal)
            : [];
        if (expected.Keys.FirstOrDefault(f => !found.Contains(f)) is { } missing)
        {
            return $"results: {missing} is missing";
        }

        if (found.FirstOrDefault(f => !expected.ContainsKey(f)) is { } strange)
        {
            return $"results: {strange} is no file of this task";
        }

        if (expected.FirstOrDefault(f => File.ReadAllText(Path.Combine(directory, f.Key)) != f.Value).Key is { } wrong)
        {
            return $"results: {wrong} has another content";
        }

        return task.Kind == SoakKind.Bytes && !HasLog(task) ? "the log is not what the script printed" : null;
    }

    private static Dictionary<string, string> Expected(SoakTask task)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        if (task.Kind is SoakKind.True or SoakKind.Fail)
        {
            return files;
        }

        files.Add("done", string.Create(CultureInfo.InvariantCulture, $"{task.Number}\n"));
        for (var i = 0; task.Kind == SoakKind.Tree && i < task.Amount; i++)
        {
            files.Add(
                string.Create(CultureInfo.InvariantCulture, $"folder {i}/in folder/file"),
                string.Create(CultureInfo.InvariantCulture, $"{task.Number} {i}\n"));
        }

        return files;
    }

    private static bool HasLog(SoakTask task)
    {
        var log = task.Bucket.Path($"logs/{task.Name}.log");
        byte[] printed = [0xff, 0xfe, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\u001b[2J\0{task.Number}\n"))];
        return File.Exists(log) && File.ReadAllBytes(log).SequenceEqual(printed);
    }
}
