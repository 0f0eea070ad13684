using Experiments.Core.Reading;

namespace Experiments.Core.Sweeps;

/// <summary>A key and the values that a sweep gives it.</summary>
/// <param name="Key">As of a <see cref="Setting"/>; `policy` and `variant` are the run's own.</param>
/// <param name="Values">At least one.</param>
internal sealed record Vary(string Key, IReadOnlyList<string> Values)
{
    /// <summary>What a refused text should have looked like.</summary>
    public const string Allowed = "KEY=VALUE,VALUE…, such as platform.freeze_grace=0s,60s or policy=rules,tracking";

    /// <summary>Reads one; null where it is none.</summary>
    public static Vary? Read(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } key, { Length: > 0 } values] && values.Split(',') is var list && !list.Contains("") ? new Vary(key, list) : null;

    /// <summary>Every combination of values, the last key changing fastest.</summary>
    public static IEnumerable<IReadOnlyList<Setting>> Combine(IReadOnlyList<Vary> keys) => keys.Aggregate(
        (IEnumerable<IReadOnlyList<Setting>>)[[]],
        (before, key) => before.SelectMany(b => key.Values.Select(IReadOnlyList<Setting> (v) => [.. b, new Setting(key.Key, v)])));
}
