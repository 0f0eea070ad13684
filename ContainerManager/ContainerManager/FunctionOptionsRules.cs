using ServiceDefaults;

namespace ContainerManager;

/// <summary>What the items of the section <c>functions</c> must not have in common.</summary>
internal static class FunctionOptionsRules
{
    /// <exception cref="InvalidConfigurationException">A name or bucket is given twice.</exception>
    public static void ThrowIfAmbiguous(IReadOnlyList<FunctionOptions> functions)
    {
        var errors = Twice(functions.Select(f => f.Name)).Select(name => $"functions: the name \"{name}\" is given twice.")
            .Concat(Twice(functions.Select(f => f.Bucket ?? f.Name)).Select(bucket => $"functions: the bucket \"{bucket}\" is given twice; no two functions share one."))
            .ToList();
        if (errors.Count > 0)
        {
            throw new InvalidConfigurationException(errors);
        }
    }

    private static IEnumerable<string> Twice(IEnumerable<string> values) =>
        values.GroupBy(v => v, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);
}
