using System.Globalization;

namespace ContainerManager.Engines.Processes;

/// <summary>
/// Moves processes into cgroups of the platform's, where they are metered and limited: out of those that a server made for them, or out of
/// the container's into a slot's. What they start from then on is there as well.
/// </summary>
internal static class CgroupJoin
{
    /// <exception cref="EngineException">A process could not be moved.</exception>
    public static void Move(int pid, IReadOnlyList<string> joinFiles)
    {
        foreach (var file in joinFiles)
        {
            try
            {
                // Written and not created: a cgroup that is gone must not become a plain file.
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                using var writer = new StreamWriter(stream);
                writer.Write(pid.ToString(CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new EngineException($"The process cannot join the cgroup of {file}: {e.Message}", e);
            }
        }
    }
}
