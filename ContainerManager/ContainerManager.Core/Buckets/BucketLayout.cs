using System.Text;
using ContainerManager.Core.Tasks;

namespace ContainerManager.Core.Buckets;

/// <summary>
/// Names in a bucket. A task is called by its object's key below <c>input/</c>; where that is so long that a key made of it would
/// not fit, the other places know it by its beginning and a digest.
/// </summary>
public static class BucketLayout
{
    public const string Input = "input/";
    public const string Processing = "processing/";
    public const string Output = "output/";
    public const string Failed = "failed/";
    public const string Results = "results/";
    public const string Logs = "logs/";
    public const string Receipts = "receipts/";
    public const string Utils = "utils/";
    public const string Staging = "staging/";
    public const string Funds = "funds/";
    public const string FundsAccepted = "funds/accepted/";
    public const string FundsRejected = "funds/rejected/";
    public const string Status = "status.json";
    public const string Script = "utils/process_task.sh";
    public const string Settings = "utils/function.yaml";
    public const string IdleTimeout = "utils/timeout.txt";

    /// <summary>Ends the name of an object that says what the task beside it may cost.</summary>
    public const string CapSuffix = ".cap";

    /// <summary>Most bytes of a key.</summary>
    public const int MaxKeyBytes = 1024;

    private const int MaxNameBytes = 900;

    public static string InputKey(string task) => Input + task;

    public static string ProcessingKey(string task) => Processing + Fitting(task);

    public static string OutputKey(string task) => Output + Fitting(task);

    public static string FailedKey(string task) => Failed + Fitting(task);

    public static string LogKey(string task) => Logs + Fitting(task) + ".log";

    public static string ReceiptKey(string task) => Receipts + Fitting(task) + ".json";

    /// <summary>Where a file that the script wrote goes.</summary>
    /// <param name="task">The task.</param>
    /// <param name="relativePath">The file's path below the output directory.</param>
    public static string ResultKey(string task, string relativePath)
    {
        var folder = Results + Fitting(task) + "/";
        var room = MaxKeyBytes - Encoding.UTF8.GetByteCount(folder);
        return folder + (Encoding.UTF8.GetByteCount(relativePath) <= room
            ? relativePath
            : NameShortener.Shorten(relativePath.Replace('/', '_'), relativePath, room));
    }

    public static string AcceptedKey(string receipt) => FundsAccepted + Fitting(receipt);

    public static string RejectedKey(string receipt) => FundsRejected + Fitting(receipt);

    /// <summary>Where a task's cap may lie; null where no key is that long.</summary>
    public static string? CapKey(string task)
    {
        var key = Input + task + CapSuffix;
        return Encoding.UTF8.GetByteCount(key) <= MaxKeyBytes ? key : null;
    }

    /// <summary>Where the cap of a task that is done goes.</summary>
    public static string OutputCapKey(string task) => OutputKey(task) + CapSuffix;

    /// <summary>Where the cap of a task that is given up on goes.</summary>
    public static string FailedCapKey(string task) => FailedKey(task) + CapSuffix;

    /// <summary>The task's name; null where the object is not below <c>input/</c>, stands for a folder, or is a cap.</summary>
    public static string? TaskName(string key, long length) =>
        NameBelow(Input, key, length) is { } name && !name.EndsWith(CapSuffix, StringComparison.Ordinal) ? name : null;

    /// <summary>The task whose cap an object is, or would be if there were such a task; null where it is none.</summary>
    public static string? CappedTask(string key, long length) =>
        NameBelow(Input, key, length) is { } name && name.EndsWith(CapSuffix, StringComparison.Ordinal) ? name[..^CapSuffix.Length] : null;

    /// <summary>What follows <paramref name="prefix"/>; null where nothing does or the object stands for a folder.</summary>
    public static string? NameBelow(string prefix, string key, long length)
    {
        ArgumentNullException.ThrowIfNull(key);
        var isFolder = key.EndsWith('/') && length == 0;
        return key.Length > prefix.Length && key.StartsWith(prefix, StringComparison.Ordinal) && !isFolder ? key[prefix.Length..] : null;
    }

    /// <summary>The name of a task that the platform itself makes of a longer one.</summary>
    public static string FittingTask(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // What ends like a cap would be none.
        return Fitting(name.EndsWith(CapSuffix, StringComparison.Ordinal) ? name + "_" : name);
    }

    private static string Fitting(string name) =>
        Encoding.UTF8.GetByteCount(name) <= MaxNameBytes ? name : NameShortener.Shorten(name, name, MaxNameBytes);
}
