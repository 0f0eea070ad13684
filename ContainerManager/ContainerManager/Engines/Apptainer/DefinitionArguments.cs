using System.Text.RegularExpressions;

namespace ContainerManager.Engines.Apptainer;

/// <summary>
/// Fills in a definition's build arguments, <c>{{ NAME }}</c>. apptainer would do it too, but then the rules would be checked
/// on another text than the one that is built.
/// </summary>
internal static partial class DefinitionArguments
{
    /// <summary>Set for every build: where this machine gets Debian's packages from.</summary>
    private const string Mirror = "DEBIAN_MIRROR";

    /// <param name="name">Of the definition, for messages.</param>
    /// <param name="text">The definition.</param>
    /// <param name="debianMirror">Null leaves the definition's own default.</param>
    /// <exception cref="EngineException">An argument has no value.</exception>
    public static string Expand(string name, string text, string? debianMirror)
    {
        var values = Defaults(text);
        if (debianMirror is not null)
        {
            values[Mirror] = debianMirror;
        }

        var expanded = Placeholder().Replace(text, match => Value(name, values, match.Groups[1].Value));
        return Placeholder().Match(expanded) is { Success: true } nested
            ? throw new EngineException($"{name}: the value of a build argument holds {nested.Value}; allowed: plain text.")
            : expanded;
    }

    private static Dictionary<string, string> Defaults(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var inside = false;
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            inside = line.StartsWith('%') ? line.Equals("%arguments", StringComparison.OrdinalIgnoreCase) : inside;
            if (inside && !line.StartsWith('#') && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                values.TryAdd(line[..equals].Trim(), line[(equals + 1)..].Trim());
            }
        }

        return values;
    }

    private static string Value(string name, Dictionary<string, string> values, string argument) =>
        values.TryGetValue(argument, out var value)
            ? value
            : throw new EngineException($"{name}: the build argument {{{{ {argument} }}}} has no value; set one in a section %arguments.");

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Placeholder();
}
