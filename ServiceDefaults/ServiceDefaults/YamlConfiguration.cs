using System.Globalization;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ServiceDefaults;

/// <summary>Flattens a YAML document into configuration keys: <c>store: {kind: s3}</c> gives <c>store:kind</c>.</summary>
public static class YamlConfiguration
{
    // Far beyond any real file. Users write some of these files, and depth without end must not take a service down.
    private const int MaxDepth = 32;

    /// <summary>Reads one YAML document.</summary>
    /// <param name="reader">The text; an empty document gives no keys. What is empty, <c>~</c> or <c>null</c> is null.</param>
    /// <param name="source">What to call it in errors, for example the file's name.</param>
    /// <exception cref="FormatException">Not YAML, not a mapping at its root, a key twice, more than one document, a reference; says where.</exception>
    public static IReadOnlyDictionary<string, string?> Parse(TextReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var text = reader.ReadToEnd();
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        switch (Load(text, source))
        {
            case YamlMappingNode root:
                Flatten(root, "", source, values);
                break;
            case null or YamlScalarNode { Value: null or "" }:
                break;
            case var other:
                throw Error(source, other.Start, "expected settings as `name: value` lines.");
        }

        return values;
    }

    private static YamlNode? Load(string text, string source)
    {
        try
        {
            ThrowIfUnbounded(text, source);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count <= 1
                ? stream.Documents.FirstOrDefault()?.RootNode
                : throw Error(source, stream.Documents[1].RootNode.Start, "a second document; only one is read.");
        }
        catch (YamlException e)
        {
            throw new FormatException($"{source}: line {e.Start.Line}: not valid YAML: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // What YamlDotNet throws of some malformed texts, such as a list that is never closed before "b: 3".
            throw new FormatException($"{source}: not valid YAML.", e);
        }
    }

    /// <summary>
    /// Looks at the text event by event, because loading it would recurse. A few lines of references to each other can stand for
    /// millions of values, so there are none.
    /// </summary>
    private static void ThrowIfUnbounded(string text, string source)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current switch
            {
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                AnchorAlias alias => throw Error(source, alias.Start, $"the reference *{alias.Value} is not allowed; write the value itself."),
                _ => 0,
            };
            if (depth > MaxDepth)
            {
                throw Error(source, parser.Current!.Start, $"nested more than {MaxDepth} deep.");
            }
        }
    }

    private static void Flatten(YamlNode node, string path, string source, Dictionary<string, string?> values)
    {
        switch (node)
        {
            // An empty item of a list is an item all the same, and a misspelt name must be seen though nothing is set below.
            case YamlMappingNode { Children.Count: 0 } or YamlSequenceNode { Children.Count: 0 } when path.Length > 0:
                Add(path, null, node.Start, source, values);
                break;
            case YamlMappingNode mapping:
                foreach (var (key, child) in mapping.Children)
                {
                    var name = (key as YamlScalarNode)?.Value ?? throw Error(source, key.Start, "a setting's name must be plain text.");
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
                Add(path, IsNull(scalar) ? null : scalar.Value, scalar.Start, source, values);
                break;
        }
    }

    private static void Add(string path, string? value, Mark at, string source, Dictionary<string, string?> values)
    {
        if (!values.TryAdd(path, value))
        {
            throw Error(source, at, $"`{path}` is set twice.");
        }
    }

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null" or "Null" or "NULL";

    private static FormatException Error(string source, Mark at, string what) => new($"{source}: line {at.Line}: {what}");

    private static string Join(string path, string name) =>
        path.Length == 0 ? name : ConfigurationPath.Combine(path, name);
}
