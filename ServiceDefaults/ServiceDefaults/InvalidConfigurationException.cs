namespace ServiceDefaults;

/// <summary>A service was started with settings that it does not understand or cannot follow.</summary>
public sealed class InvalidConfigurationException(IReadOnlyList<string> errors)
    : Exception("The configuration has " + (errors.Count == 1 ? "an error" : $"{errors.Count} errors") + ":\n  - " + string.Join("\n  - ", errors))
{
    /// <summary>One sentence per error.</summary>
    public IReadOnlyList<string> Errors => errors;
}
