using CreditManager.Core;
using Experiments.Core.Scenarios;
using YamlDotNet.RepresentationModel;

namespace Experiments.Core.Reading;

/// <summary>Reads the task files and when they are dropped.</summary>
internal static class BatchReader
{
    public static IReadOnlyList<Batch> Read(YamlFields root, IReadOnlyList<ScenarioFunction> functions)
    {
        var batches = new List<Batch>();
        foreach (var fields in root.Items("tasks"))
        {
            batches.Add(ReadOne(fields, functions, batches));
        }

        return batches;
    }

    private static Batch ReadOne(YamlFields fields, IReadOnlyList<ScenarioFunction> functions, List<Batch> before)
    {
        fields.Require("function", "the name of a function");
        fields.Require("drop", "a list of task files");
        var name = fields.Value("batch", "", (string text, out string value) => Names.IsName(value = text), Names.Allowed);
        var function = fields.Word("function", "", [.. functions.Select(f => f.Name)]);
        var dropped = MomentReader.Read(fields, [.. before.Select(b => b.Name).Where(n => n.Length > 0)]);
        var tasks = fields.Nodes("drop").Select((node, i) => ReadTask(fields, node, i)).OfType<ScenarioTask>().ToList();
        CheckNames(fields, name, function, tasks, before);
        var batch = new Batch(name, function, dropped, fields.Duration("jitter", TimeSpan.Zero), tasks);
        fields.Close();
        return batch;
    }

    private static void CheckNames(YamlFields fields, string name, string function, List<ScenarioTask> tasks, List<Batch> before)
    {
        if (name.Length > 0 && before.Exists(b => b.Name == name))
        {
            fields.Fault("batch", $"\"{name}\" is there twice; allowed: a name of its own.");
        }

        var known = before.Where(b => b.Function == function).SelectMany(b => b.Tasks).Concat(tasks).GroupBy(t => t.Name, StringComparer.Ordinal);
        foreach (var twice in known.Where(g => g.Count() > 1 && tasks.Exists(t => t.Name == g.Key)))
        {
            fields.Fault("drop", $"\"{twice.Key}\" is there twice; allowed: each name once for a function, so that every task can be told from the others.");
        }
    }

    private static ScenarioTask? ReadTask(YamlFields batch, YamlNode node, int index) => node switch
    {
        YamlScalarNode { Value: { } name } => batch.Made("drop", index, node, StressName.Read(name), StressName.Allowed + ", or a mapping of name, cores and seconds"),
        _ => ReadLong(batch.Item("drop", index, node)),
    };

    private static ScenarioTask ReadLong(YamlFields fields)
    {
        fields.Require("name", "a file name");
        fields.Require("seconds", "a time");
        var task = new ScenarioTask(
            fields.Text("name") ?? "", fields.Whole("cores", 1, 1, 999), fields.Duration("seconds", TimeSpan.FromSeconds(1)));
        fields.Close();
        return task;
    }
}
