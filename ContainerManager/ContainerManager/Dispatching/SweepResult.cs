using ContainerManager.Core.Tasks;
using ContainerManager.Stores;

namespace ContainerManager.Dispatching;

/// <summary>What a listing of <c>input/</c> found.</summary>
/// <param name="Found">The first objects, by task name.</param>
/// <param name="Total">All that were listed and can start.</param>
/// <param name="IsComplete">Whether the listing went to its end.</param>
/// <param name="Blocked">Names of objects that are known to be unable to start.</param>
/// <param name="Caps">Versions of the caps beside those, by task name.</param>
internal sealed record SweepResult(
    IReadOnlyDictionary<string, ObjectInfo> Found,
    long Total,
    bool IsComplete,
    IReadOnlySet<string> Blocked,
    IReadOnlyDictionary<string, string> Caps)
{
    private readonly string? _last = Found.Keys.Max(KeyOrder.Instance);

    /// <summary>Whether an object of this name would be in <see cref="Found"/>.</summary>
    public bool Covers(string name) => Total == Found.Count || KeyOrder.Instance.Compare(name, _last) <= 0;
}
