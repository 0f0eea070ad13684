using Experiments.Core.Scenarios;
using Scaler.Core.Policies;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Experiments.Core.Reading;

/// <summary>A key of a scenario and what it is set to in the place of what the file says.</summary>
/// <param name="Key">Names and numbers joined by dots: <c>users.alice.max_debt</c>, <c>funds.1.grc</c>.</param>
/// <param name="Value">As it would be written in the file.</param>
internal sealed record Setting(string Key, string Value);

/// <summary>The text of a scenario, of which each variant and policy is a scenario of its own.</summary>
internal sealed class ScenarioFile
{
    private readonly string _text;

    private ScenarioFile(string text, IReadOnlyList<ScenarioFault> faults)
    {
        (_text, Faults) = (text, faults);
    }

    /// <summary>Everything that is wrong with it; nothing can be read while there is anything.</summary>
    public IReadOnlyList<ScenarioFault> Faults { get; private init; }

    /// <summary>Names of the variants, in the order of the file; one without a name where it has none.</summary>
    public IReadOnlyList<string> Variants { get; private init; } = [""];

    /// <summary>The policies that it is meant for, at least one.</summary>
    public IReadOnlyList<string> Policies { get; private init; } = [];

    private IReadOnlyDictionary<string, IReadOnlyList<Setting>> SettingsOf { get; init; } = new Dictionary<string, IReadOnlyList<Setting>>();

    /// <summary>Reads a file's text, with every variant and policy in it.</summary>
    public static ScenarioFile Parse(string text)
    {
        var faults = new List<ScenarioFault>();
        if (Load(text, [], faults) is not { } root)
        {
            return new ScenarioFile(text, faults);
        }

        var fields = YamlFields.Of(root, "", faults);
        var variants = ReadVariants(fields);
        var file = new ScenarioFile(text, [])
        {
            Variants = variants.Count == 0 ? [""] : [.. variants.Select(v => v.Name)],
            SettingsOf = variants.ToDictionary(v => v.Name, v => v.Settings, StringComparer.Ordinal),
            Policies = ReadPolicies(fields),
        };
        faults.AddRange(file.Variants.SelectMany(v => file.Read(v, file.Policies[0], []).Faults));
        return new ScenarioFile(text, [.. faults.Distinct().OrderBy(f => f.Line)]) { Variants = file.Variants, SettingsOf = file.SettingsOf, Policies = file.Policies };
    }

    /// <summary>The scenario of a variant and a policy, or what is wrong with it.</summary>
    public (Scenario? Scenario, IReadOnlyList<ScenarioFault> Faults) Read(string variant, string policy, IReadOnlyList<Setting> settings)
    {
        var faults = new List<ScenarioFault>();
        var root = Load(_text, [.. SettingsOf.GetValueOrDefault(variant) ?? [], .. settings], faults);
        var scenario = root is null ? null : ScenarioReader.Read(root, variant, policy, [.. Variants], faults);
        return (faults.Count == 0 ? scenario : null, faults);
    }

    private static YamlMappingNode? Load(string text, IReadOnlyList<Setting> settings, List<ScenarioFault> faults)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                faults.AddRange(settings.Select(s => Overrides.Set(root, s)).OfType<ScenarioFault>());
                return root;
            }

            faults.Add(new ScenarioFault(1, "the file is no mapping; allowed: one YAML document with the keys of a scenario."));
        }
        catch (YamlException e)
        {
            faults.Add(new ScenarioFault(e.Start.Line, $"is no YAML: {(e.InnerException ?? e).Message}"));
        }
        catch (InvalidOperationException)
        {
            // What the parser throws at some files that end where more should come.
            faults.Add(new ScenarioFault(text.Count(c => c == '\n'), "is no YAML: it ends in the middle of something."));
        }

        return null;
    }

    private static List<(string Name, IReadOnlyList<Setting> Settings)> ReadVariants(YamlFields fields)
    {
        var variants = new List<(string, IReadOnlyList<Setting>)>();
        foreach (var (name, members) in fields.Members("variants"))
        {
            variants.Add((name, [.. members.Keys.Select(k => new Setting(k, members.Text(k) ?? ""))]));
        }

        return variants;
    }

    private static IReadOnlyList<string> ReadPolicies(YamlFields fields)
    {
        var policies = fields.Texts("policies");
        foreach (var unknown in policies.Where(p => !ScalingPolicies.Names.Contains(p)))
        {
            fields.Fault("policies", $"\"{unknown}\" is not allowed; allowed: {string.Join(", ", ScalingPolicies.Names)}.");
        }

        return policies.Count == 0 ? ["tracking"] : policies;
    }
}
