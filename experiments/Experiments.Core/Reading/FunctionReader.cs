using Experiments.Core.Scenarios;
using Scaler.Core;
using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Experiments.Core.Reading;

/// <summary>Reads the functions.</summary>
internal static class FunctionReader
{
    public static IReadOnlyList<ScenarioFunction> Read(YamlFields root, IReadOnlyList<ScenarioUser> users, PlatformRules platform) =>
        [.. root.Members("functions").Select(f => ReadOne(f.Name, f.Fields, users, platform))];

    private static ScenarioFunction ReadOne(string name, YamlFields fields, IReadOnlyList<ScenarioUser> users, PlatformRules platform)
    {
        // A container's id begins with its function's name.
        if (ContainerRules.CheckId(name).Any())
        {
            fields.Fault("name", $"\"{name}\" is not allowed; allowed: 1 to 64 of a-z 0-9 -.");
        }

        fields.Require("user", "the name of a user");
        var user = fields.Word("user", "", [.. users.Select(u => u.Name)]);
        var bounds = new ScalingBounds(
            fields.Whole("min_shares", 0, 0, ContainerRules.MostShares),
            fields.Whole("max_shares", platform.Cores * CpuQuota.SharesPerCore, 1, ContainerRules.MostShares),
            fields.Whole("boundary_shares", 25, 1, ContainerRules.MostShares),
            fields.Whole("step_shares", 75, 1, ContainerRules.MostShares));
        int? start = fields.Has("start_shares") ? fields.Whole("start_shares", 1, 1, ContainerRules.MostShares) : null;
        foreach (var fault in ContainerRules.CheckLimits(bounds, start))
        {
            fields.Fault(fault.Split(':')[0] is "limit_shares" ? "start_shares" : "max_shares", fault);
        }

        var function = new ScenarioFunction(
            name,
            user,
            bounds,
            start,
            fields.Duration("idle_timeout", ContainerManager.Core.Settings.IdleTimeout.Default),
            fields.Whole("slots", 1, 1, ContainerRules.MostSlots),
            fields.Whole("max_attempts", 3, 1, 1000),
            fields.Word("load", "clock", ["clock", "work"]) == "clock" ? LoadKind.Clock : LoadKind.Work);
        _ = start is null ? fields.Text("start_shares") : null;
        fields.Close();
        return function;
    }
}
