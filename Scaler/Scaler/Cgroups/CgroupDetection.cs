namespace Scaler.Cgroups;

/// <summary>Finds out which cgroups a machine has.</summary>
internal static class CgroupDetection
{
    /// <summary>
    /// The driver of the hierarchies mounted below <paramref name="root"/>. Where both versions are mounted (hybrid), the one that has
    /// the controllers is taken.
    /// </summary>
    /// <exception cref="CgroupsUnavailableException">What is needed is not there; one sentence says what is missing and what to do.</exception>
    public static ICgroupDriver Detect(ICgroupFiles files, string root)
    {
        if (!files.DirectoryExists(root))
        {
            throw new CgroupsUnavailableException($"cgroup_root \"{root}\" does not exist; mount the cgroup file system there or name its place.");
        }

        if (files.FileExists(Path.Combine(root, CgroupV2Driver.AvailableControllers)))
        {
            var missing = MissingFromV2(files, root);
            return missing.Count == 0
                ? new CgroupV2Driver(files, root)
                : throw new CgroupsUnavailableException(
                    $"cgroup version 2 at \"{root}\" lacks {string.Join(", ", missing)}; start the kernel with these controllers and delegate them to this service.");
        }

        var roots = FindV1(files, root);
        var absent = CgroupV1Driver.Controllers.Where(c => !roots.ContainsKey(c)).ToList();
        if (absent.Count == 0)
        {
            return new CgroupV1Driver(files, roots);
        }

        var unified = Path.Combine(root, "unified");
        return files.FileExists(Path.Combine(unified, CgroupV2Driver.AvailableControllers)) && MissingFromV2(files, unified).Count == 0
            ? new CgroupV2Driver(files, unified)
            : throw new CgroupsUnavailableException(
                $"\"{root}\" has neither cgroup version 2 nor the version 1 controllers {string.Join(", ", absent)}; mount them, or boot with systemd.unified_cgroup_hierarchy=1.");
    }

    private static List<string> MissingFromV2(ICgroupFiles files, string root) =>
        [.. CgroupV2Driver.Controllers.Except(CgroupText.Names(files.Read(Path.Combine(root, CgroupV2Driver.AvailableControllers))))];

    /// <summary>Controllers mounted together have a directory such as `cpu,cpuacct`; most systems add a link per controller, not all do.</summary>
    private static Dictionary<string, string> FindV1(ICgroupFiles files, string root)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in files.ListDirectories(root).OrderByDescending(d => d.Contains(',', StringComparison.Ordinal)))
        {
            var path = Path.Combine(root, directory);
            foreach (var controller in directory.Split(','))
            {
                if (files.FileExists(Path.Combine(path, CgroupTree.ProcessesFile)))
                {
                    found.TryAdd(controller, path);
                }
            }
        }

        return found;
    }
}

/// <summary>The machine's cgroups cannot be used; the message says why in one sentence.</summary>
internal sealed class CgroupsUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
