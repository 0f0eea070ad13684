using System.Globalization;
using CreditManager.Core.Money;
using YamlDotNet.RepresentationModel;

namespace Experiments.Core.Reading;

/// <summary>
/// Reads the keys of one mapping of a scenario file. What is wrong is noted with its line and does not end the reading, so that all of it
/// is told at once; keys that nobody asked for are unknown.
/// </summary>
internal sealed class YamlFields
{
    private readonly List<ScenarioFault> _faults;
    private readonly string _path;
    private readonly Dictionary<string, YamlNode> _members = new(StringComparer.Ordinal);
    private readonly List<(string Key, long Line)> _unread = [];
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);

    private YamlFields(YamlMappingNode? mapping, long line, string path, List<ScenarioFault> faults)
    {
        (Line, _path, _faults) = (line, path, faults);
        foreach (var member in mapping?.Children.ToArray() ?? [])
        {
            var name = (member.Key as YamlScalarNode)?.Value ?? "";
            _members[name] = member.Value;
            _unread.Add((name, member.Key.Start.Line));
        }
    }

    /// <summary>Where the mapping begins.</summary>
    public long Line { get; }

    /// <summary>Takes a node for a mapping; one that is none is a fault and has no keys.</summary>
    public static YamlFields Of(YamlNode node, string path, List<ScenarioFault> faults)
    {
        if (node is YamlMappingNode mapping)
        {
            return new YamlFields(mapping, node.Start.Line, path, faults);
        }

        if (node is not YamlScalarNode { Value: "" or null })
        {
            faults.Add(new ScenarioFault(node.Start.Line, $"{Name(path)}: is no mapping; allowed: keys with values."));
        }

        return new YamlFields(null, node.Start.Line, path, faults);
    }

    /// <summary>The keys, in the order of the file.</summary>
    public IEnumerable<string> Keys => _unread.Select(k => k.Key);

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => _members.ContainsKey(key);

    /// <summary>Whether a value is there; a key that is required and missing is a fault.</summary>
    public bool Require(string key, string allowed)
    {
        if (!Has(key))
        {
            _known.Add(key);
            _faults.Add(new ScenarioFault(Line, $"{Path(key)}: missing; allowed: {allowed}."));
        }

        return Has(key);
    }

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string key) => Take(key) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } => text,
        var node => Refuse<string>(node, key, "is not a single value", "a text"),
    };

    /// <summary>A text that a reader takes; the fallback where there is none, or a wrong one.</summary>
    public T Value<T>(string key, T fallback, TryRead<T> read, string allowed)
    {
        var node = Take(key);
        if (node is null)
        {
            return fallback;
        }

        if (node is YamlScalarNode { Value: { } text } && read(text, out var value))
        {
            return value;
        }

        Refuse<string>(node, key, node is YamlScalarNode scalar ? $"\"{Short(scalar.Value)}\" is not allowed" : "is not a single value", allowed);
        return fallback;
    }

    public TimeSpan Duration(string key, TimeSpan fallback) => Value(key, fallback, DurationText.TryRead, DurationText.Allowed);

    public TimeSpan? OptionalDuration(string key) => Has(key) ? Duration(key, default) : Absent<TimeSpan>(key);

    public bool Flag(string key, bool fallback) => Value(key, fallback, TryFlag, "true or false");

    public int Whole(string key, int fallback, int least, int most) => Value(
        key,
        fallback,
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    public GrcAmount Grc(string key, GrcAmount fallback, Func<GrcAmount, bool> allows, string allowed) => Value(
        key, fallback, (string text, out GrcAmount value) => GrcAmount.TryParse(text, out value) && allows(value), $"{GrcAmount.Allowed}, {allowed}");

    public string Word(string key, string fallback, IReadOnlyCollection<string> words) =>
        Value(key, fallback, (string text, out string value) => words.Contains(value = text), string.Join(", ", words));

    /// <summary>The mapping below a key; one without keys where there is none.</summary>
    public YamlFields Section(string key) => Take(key) is { } node ? Of(node, Path(key), _faults) : new YamlFields(null, Line, Path(key), _faults);

    /// <summary>The mappings below a key, by name, in the order of the file.</summary>
    public IEnumerable<(string Name, YamlFields Fields)> Members(string key)
    {
        var section = Section(key);
        foreach (var (name, node) in section._members)
        {
            section.Take(name);
            yield return (name, Of(node, section.Path(name), _faults));
        }
    }

    /// <summary>The mappings of a list.</summary>
    public IEnumerable<YamlFields> Items(string key) => Nodes(key).Select((node, i) => Of(node, Item(key, i), _faults));

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var node in Nodes(key))
        {
            texts.Add(node is YamlScalarNode { Value: { } text } ? text : Refuse<string>(node, key, "holds something that is no text", "a list of texts") ?? "");
        }

        return texts;
    }

    /// <summary>The nodes of a list, with their lines.</summary>
    public IReadOnlyList<YamlNode> Nodes(string key) => Take(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children],
        var node => Refuse<IReadOnlyList<YamlNode>>(node, key, "is no list", "a list, each item after a dash") ?? [],
    };

    /// <summary>An item of a list as a mapping.</summary>
    public YamlFields Item(string key, int index, YamlNode node) => Of(node, Item(key, index), _faults);

    /// <summary>Passes on what was made of an item; null is a fault of it.</summary>
    public T? Made<T>(string key, int index, YamlNode node, T? made, string allowed)
        where T : class
    {
        if (made is null)
        {
            _faults.Add(new ScenarioFault(node.Start.Line, $"{Item(key, index)}: \"{Short((node as YamlScalarNode)?.Value)}\" is not allowed; allowed: {allowed}."));
        }

        return made;
    }

    /// <summary>Notes a fault of a key that only shows when it is seen together with others.</summary>
    public void Fault(string key, string what) =>
        _faults.Add(new ScenarioFault(_members.TryGetValue(key, out var node) ? node.Start.Line : Line, $"{Path(key)}: {what}"));

    /// <summary>Notes every key that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (key, line) in _unread.Where(k => !_known.Contains(k.Key)))
        {
            _faults.Add(new ScenarioFault(line, $"{Path(key)}: is not known; allowed: {string.Join(", ", _known)}."));
        }
    }

    private T? Absent<T>(string key)
        where T : struct
    {
        _known.Add(key);
        return null;
    }

    private YamlNode? Take(string key)
    {
        _known.Add(key);
        return _members.GetValueOrDefault(key);
    }

    private T? Refuse<T>(YamlNode node, string key, string what, string allowed)
        where T : class
    {
        _faults.Add(new ScenarioFault(node.Start.Line, $"{Path(key)}: {what}; allowed: {allowed}."));
        return null;
    }

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private string Item(string key, int index) => string.Create(CultureInfo.InvariantCulture, $"{Path(key)}[{index}]");

    private static string Name(string path) => path.Length == 0 ? "the file" : path;

    private static string Short(string? text) => text is { Length: > 60 } ? text[..60] + "…" : text ?? "";

    private static bool TryFlag(string text, out bool value) => bool.TryParse(text, out value);
}

/// <summary>Reads a text; false where it is none of the kind.</summary>
internal delegate bool TryRead<T>(string text, out T value);
