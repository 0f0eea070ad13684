using System.Globalization;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ServiceDefaults;

/// <summary>Flattens a YAML document into configuration keys: <c>store: {kind: s3}</c> gives <c>store:kind</c>.</summary>
public static class YamlConfiguration
{
    /// <summary>Reads one YAML document.</summary>
    /// <param name="reader">The text; an empty document gives no keys.</param>
    /// <param name="source">What to call it in errors, for example the file's name.</param>
    /// <exception cref="FormatException">Not YAML, not a mapping at its root, or a key twice; says where.</exception>
    public static IReadOnlyDictionary<string, string?> Parse(TextReader reader, string source)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new FormatException($"{source}: line {e.Start.Line}: not valid YAML: {e.InnerException?.Message ?? e.Message}", e);
        }

        if (stream.Documents.Count == 0)
        {
            return values;
        }

        switch (stream.Documents[0].RootNode)
        {
            case YamlMappingNode root:
                Flatten(root, "", source, values);
                break;
            case YamlScalarNode { Value: null or "" }:
                break;
            case var other:
                throw new FormatException($"{source}: line {other.Start.Line}: expected settings as `name: value` lines.");
        }

        return values;
    }

    private static void Flatten(YamlNode node, string path, string source, Dictionary<string, string?> values)
    {
        switch (node)
        {
            case YamlMappingNode { Children.Count: 0 } or YamlSequenceNode { Children.Count: 0 } when path.Length > 0:
                values[path] = null; // Nothing is set below, but a misspelt name must still be seen.
                break;
            case YamlMappingNode mapping:
                foreach (var (key, child) in mapping.Children)
                {
                    var name = (key as YamlScalarNode)?.Value
                        ?? throw new FormatException($"{source}: line {key.Start.Line}: a setting's name must be plain text.");
                    Flatten(child, Join(path, name), source, values);
                }

                break;
            case YamlSequenceNode sequence:
                for (var i = 0; i < sequence.Children.Count; i++)
                {
                    Flatten(sequence.Children[i], Join(path, i.ToString(CultureInfo.InvariantCulture)), source, values);
                }

                break;
            case YamlScalarNode scalar:
                if (!values.TryAdd(path, scalar.Value))
                {
                    throw new FormatException($"{source}: line {scalar.Start.Line}: `{path}` is set twice.");
                }

                break;
        }
    }

    private static string Join(string path, string name) =>
        path.Length == 0 ? name : ConfigurationPath.Combine(path, name);
}
