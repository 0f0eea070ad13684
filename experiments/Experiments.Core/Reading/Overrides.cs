using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Experiments.Core.Reading;

/// <summary>Sets single values of a scenario, for variants, sweeps and the command line.</summary>
internal static class Overrides
{
    /// <summary>Sets one; what is wrong with it, or null. Whether the key is known is found when the scenario is read.</summary>
    public static ScenarioFault? Set(YamlMappingNode root, Setting setting)
    {
        var names = setting.Key.Split('.');
        YamlNode node = root;
        foreach (var name in names[..^1])
        {
            if (Below(node, name, node == root) is not { } next)
            {
                return new ScenarioFault(0, $"{setting.Key}: there is no \"{name}\"; allowed: keys of the file joined by dots, items of lists by their number from 0.");
            }

            node = next;
        }

        var value = new YamlScalarNode(setting.Value);
        switch (node)
        {
            case YamlMappingNode mapping:
                mapping.Children[new YamlScalarNode(names[^1])] = value;
                return null;
            case YamlSequenceNode list when Index(list, names[^1]) is { } index:
                list.Children[index] = value;
                return null;
            default:
                return new ScenarioFault(0, $"{setting.Key}: there is no \"{names[^1]}\" to set.");
        }
    }

    private static YamlNode? Below(YamlNode node, string name, bool isRoot) => node switch
    {
        YamlMappingNode mapping => mapping.Children.TryGetValue(new YamlScalarNode(name), out var below) ? below : isRoot ? Make(mapping, name) : null,
        YamlSequenceNode list => Index(list, name) is { } index ? list.Children[index] : null,
        _ => null,
    };

    /// <summary>A section that the file leaves out is one with nothing in it.</summary>
    private static YamlMappingNode Make(YamlMappingNode root, string name)
    {
        var section = new YamlMappingNode();
        root.Children[new YamlScalarNode(name)] = section;
        return section;
    }

    private static int? Index(YamlSequenceNode list, string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Children.Count ? index : null;
}
