using System.Text;

namespace ContainerManager.Core.Buckets;

/// <summary>Where an object below <c>staging/</c> lies in a directory.</summary>
public static class StagingPath
{
    private const int MaxSegmentBytes = 255;

    /// <summary>The relative path; null where the name has none that stays in the directory.</summary>
    public static string? TryMake(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split('/').All(IsHarmless) ? name : null;
    }

    private static bool IsHarmless(string segment) =>
        segment is not ("" or "." or "..") && !segment.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(segment) <= MaxSegmentBytes;
}
