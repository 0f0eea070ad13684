namespace ContainerManager.Engines.Apptainer;

/// <summary>
/// What a definition may not do: touch the node. Builds run as the same user as everybody's containers, and apptainer runs
/// some of their sections on the node itself.
/// </summary>
internal static class DefinitionRules
{
    private static readonly string[] OnTheNode = ["setup", "pre", "files", "appfiles", "appsetup"];

    // Sources outside the node. Others (docker-daemon, oci, oci-archive, …) read the node's files.
    private static readonly string[] Sources =
        ["debootstrap", "yum", "dnf", "zypper", "arch", "busybox", "scratch", "docker", "library", "oras", "shub", "localimage"];

    /// <summary>The images that the definition builds upon.</summary>
    /// <exception cref="EngineException">It wants what it may not have; says what is allowed.</exception>
    public static IReadOnlyList<string> Check(string name, string text, string? imagesDirectory)
    {
        var bases = new List<string>();
        var source = "";
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith('%'))
            {
                CheckSection(name, line[1..].Trim());
            }
            else if (Value(line, "bootstrap") is { } bootstrap)
            {
                source = CheckSource(name, bootstrap.ToLowerInvariant());
            }
            else if (Value(line, "from") is { } from)
            {
                AddBase(name, source, from, imagesDirectory, bases);
            }
        }

        return source.Length > 0 ? bases : throw new EngineException($"{name} is no image definition: it has no \"Bootstrap:\" line.");
    }

    private static void CheckSection(string name, string section)
    {
        var words = section.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var fromStage = words.Length > 2 && words[1].Equals("from", StringComparison.OrdinalIgnoreCase);
        if (words.Length > 0 && !fromStage && OnTheNode.Contains(words[0], StringComparer.OrdinalIgnoreCase))
        {
            throw new EngineException(
                $"{name}: a section %{words[0]} is not allowed, because it reaches the node's own files; allowed: %post, which runs in the image.");
        }
    }

    private static string CheckSource(string name, string source) =>
        Sources.Contains(source, StringComparer.Ordinal)
            ? source
            : throw new EngineException($"{name}: \"Bootstrap: {source}\" is not allowed; allowed: {string.Join(", ", Sources)}.");

    private static void AddBase(string name, string source, string from, string? imagesDirectory, List<string> bases)
    {
        if (source.Length == 0)
        {
            throw new EngineException($"{name}: \"From:\" stands before \"Bootstrap:\"; allowed: after it.");
        }

        if (source == "localimage")
        {
            bases.Add(FindBase(name, from, imagesDirectory));
        }
    }

    private static string FindBase(string name, string from, string? imagesDirectory)
    {
        var images = imagesDirectory is not null && Directory.Exists(imagesDirectory)
            ? Directory.GetFiles(imagesDirectory, "*.sif").Order(StringComparer.Ordinal).ToArray()
            : [];
        return images.FirstOrDefault(image => Path.GetFileName(image) == from)
            ?? throw new EngineException(
                $"{name}: there is no image \"{from}\" on this node to build upon; allowed: {(images.Length > 0 ? string.Join(", ", images.Select(Path.GetFileName)) : "none, the operator has no images here")}.");
    }

    private static string? Value(string line, string key)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line[..colon].Trim().Equals(key, StringComparison.OrdinalIgnoreCase) ? line[(colon + 1)..].Trim() : null;
    }
}
