using System.Text.RegularExpressions;

namespace ContainerManager.Core.Settings;

/// <summary>What an operator may register.</summary>
public static partial class RegistrationRules
{
    public const long DefaultMaxMemoryBytes = 1L << 30;
    public const int DefaultMaxSlots = 8;
    private const int MostSlots = 64;
    private const int MostShares = 100_000;
    private const int LeastBucketLength = 3;

    /// <summary>Everything that is wrong, one sentence each, starting with the setting's name.</summary>
    public static IReadOnlyList<string> Check(string function, string user, string bucket, int? maxShares, long? maxMemoryBytes, int? maxSlots)
    {
        var errors = new List<string>();
        AddUnless(errors, FunctionPattern().IsMatch(function), $"function: \"{Show(function)}\" is not allowed; allowed: 1 to 63 of a-z 0-9 -, starting with a letter or digit.");
        AddUnless(errors, UserPattern().IsMatch(user), $"user: \"{Show(user)}\" is not allowed; allowed: 1 to 64 of A-Z a-z 0-9 . _ -.");
        AddUnless(
            errors,
            bucket.Length >= LeastBucketLength && BucketPattern().IsMatch(bucket) && !bucket.Contains("..", StringComparison.Ordinal),
            $"bucket: \"{Show(bucket)}\" is not allowed; allowed: 3 to 63 of a-z 0-9 . -, starting and ending with a letter or digit, without \"..\".");
        AddUnless(errors, maxShares is null or (>= 1 and <= MostShares), $"max_shares: {maxShares} is not allowed; allowed: 1 to {MostShares} shares (100 = one core).");
        AddUnless(
            errors,
            maxMemoryBytes is null or >= FunctionSettingsRules.LeastMemoryBytes,
            $"max_memory_bytes: {maxMemoryBytes} is not allowed; allowed: at least {FunctionSettingsRules.LeastMemoryBytes} (16 MiB).");
        AddUnless(errors, maxSlots is null or (>= 1 and <= MostSlots), $"max_slots: {maxSlots} is not allowed; allowed: 1 to {MostSlots}.");
        return errors;
    }

    private static void AddUnless(List<string> errors, bool isFine, string error)
    {
        if (!isFine)
        {
            errors.Add(error);
        }
    }

    private static string Show(string text) => text.Length > 80 ? text[..80] + "…" : text;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex FunctionPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex UserPattern();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?\z")]
    private static partial Regex BucketPattern();
}
