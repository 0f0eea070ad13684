using System.Text;
using ContainerManager.Core.Buckets;

namespace ContainerManager.Core.Triggers;

/// <summary>Where the results of a function's successful tasks go on to: they become tasks of another function.</summary>
/// <param name="Bucket">The other function's bucket.</param>
/// <param name="Prefix">Begins the names of the new tasks; may be empty.</param>
public sealed record Handoff(string Bucket, string Prefix)
{
    /// <summary>What may be written, in words.</summary>
    public const string Allowed = "BUCKET or BUCKET/PREFIX, the bucket of another function of the same user";

    private const int MaxPrefixBytes = 200;
    private const int IdLength = 8;

    /// <summary>Reads <c>bucket/prefix</c>; null where it is none.</summary>
    public static Handoff? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (bucket, prefix) = slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
        var isPrefix = Encoding.UTF8.GetByteCount(prefix) <= MaxPrefixBytes && !prefix.Any(char.IsControl) && !prefix.StartsWith('/');
        return bucket.Length > 0 && isPrefix ? new Handoff(bucket, prefix) : null;
    }

    /// <summary>
    /// The name of the task that a result becomes: the same whenever it is handed on again, and another one for the same result of a later task.
    /// </summary>
    /// <param name="task">The task that wrote the result.</param>
    /// <param name="taskId">Its id.</param>
    /// <param name="relativePath">The result's path below the output directory.</param>
    public string TaskName(string task, string taskId, string relativePath)
    {
        ArgumentNullException.ThrowIfNull(taskId);
        return BucketLayout.FittingTask($"{Prefix}{task}.{taskId[..Math.Min(IdLength, taskId.Length)]}/{relativePath}");
    }

    /// <inheritdoc/>
    public override string ToString() => Prefix.Length == 0 ? Bucket : $"{Bucket}/{Prefix}";
}
