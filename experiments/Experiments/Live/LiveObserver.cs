using ContainerManager.Contracts;
using CreditManager.Core.Money;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;
using PlatformHarness;
using Scaler.Contracts;
using ServiceDefaults;

namespace Experiments.Live;

/// <summary>Looks at a real platform and writes down what it sees, in the scenario's own units.</summary>
internal sealed class LiveObserver(Platform platform, Scenario scenario, LiveScale scale, CourseRecorder recorder, Func<TimeSpan> now)
{
    private readonly Dictionary<string, ContainerState> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _standings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _wallets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UsageReading> _usage = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Container, long Used)> _last = new(StringComparer.Ordinal);
    private TimeSpan _lastAt;

    /// <summary>Whether nothing waits, runs, or is up.</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>What the containers of each function have used.</summary>
    public IReadOnlyDictionary<string, FunctionUsage> Usage => scenario.Functions.ToDictionary(
        f => f.Name,
        f => _usage.Values.Where(u => u.Function == f.Name).ToList() is var all
            ? new FunctionUsage(all.Count, scale.ToScenario(all.Sum(u => u.UsageMicroseconds)), scale.ToScenario(all.Sum(u => u.AllocatedMicroseconds)))
            : null!,
        StringComparer.Ordinal);

    /// <summary>Looks once.</summary>
    public async Task LookAsync()
    {
        var at = now();
        var states = await platform.ScalerApi.ListContainersAsync();
        foreach (var reading in await platform.ScalerApi.GetUsageAsync())
        {
            _usage[reading.ContainerId] = reading;
        }

        // Users first: what is done to containers follows from how they stand.
        foreach (var user in scenario.Users)
        {
            await LookAtAsync(at, user.Name);
        }

        var quiet = true;
        foreach (var function in scenario.Functions)
        {
            var status = await platform.Manager.FindFunctionAsync(function.Name) ?? throw new InvalidOperationException($"The function {function.Name} is gone.");
            var container = states.FirstOrDefault(s => s.Function == function.Name && !s.Closed);
            NoteContainer(function, container);
            recorder.Functions.Add(Row(at, function, container, status));
            quiet &= container is null && status is { Waiting: 0, Running.Count: 0, Container: null };
        }

        (_lastAt, IsQuiet) = (at, quiet);
    }

    private FunctionRow Row(TimeSpan at, ScenarioFunction function, ContainerState? container, FunctionStatus status)
    {
        var used = container?.UsageMicroseconds ?? 0;
        var before = _last.TryGetValue(function.Name, out var last) && last.Container == container?.ContainerId ? last.Used : 0;
        _last[function.Name] = (container?.ContainerId ?? "", used);
        return new FunctionRow(
            at,
            function.Name,
            scale.ToScenario(used - before) * 100.0 / Math.Max(1, (at - _lastAt).TotalMicroseconds),
            container is null ? null : Describe(container),
            (int)status.Waiting,
            status.Running.Count,
            (int)(status.Succeeded + status.Failed));
    }

    private ContainerSample Describe(ContainerState container)
    {
        var limit = container.Limits.LimitShares ?? container.Limits.MaxShares;
        var upper = Math.Max(container.Limits.MinShares, limit - container.Limits.BoundaryShares);
        var lower = Math.Max(container.Limits.MinShares, upper - container.Limits.BoundaryShares);
        return new ContainerSample(
            limit * scale.Width, upper * scale.Width, lower * scale.Width, container.RestrictionShares * scale.Width, container.Frozen);
    }

    private void NoteContainer(ScenarioFunction function, ContainerState? container)
    {
        var before = _containers.GetValueOrDefault(function.Name);
        if (before is not null && before.ContainerId != container?.ContainerId)
        {
            Note(function, EventKinds.ContainerStopped, before);
            before = null;
        }

        if (container is not null)
        {
            NoteChanges(function, before, container);
            _containers[function.Name] = container;
        }
        else
        {
            _containers.Remove(function.Name);
        }
    }

    private void NoteChanges(ScenarioFunction function, ContainerState? before, ContainerState container)
    {
        if (before is null)
        {
            Note(function, EventKinds.ContainerStarted, container);
        }

        if ((before?.RestrictionShares is null) != (container.RestrictionShares is null))
        {
            Note(function, container.RestrictionShares is null ? EventKinds.Lifted : EventKinds.Restricted, container);
        }

        if ((before?.Frozen ?? false) != container.Frozen)
        {
            Note(function, container.Frozen ? EventKinds.Frozen : EventKinds.Thawed, container);
        }
    }

    private async Task LookAtAsync(TimeSpan at, string user)
    {
        if (await platform.Credit.FindStandingAsync(user) is not { } standing)
        {
            return;
        }

        var word = KeyText.Of(standing.Standing.ToString());
        var more = standing.WalletHalfords - _wallets.GetValueOrDefault(user);
        if (more > 0)
        {
            recorder.Note(EventKinds.Funds, user, user, "", $"{new GrcAmount(more)} GRC");
        }

        if (_standings.GetValueOrDefault(user) != word)
        {
            recorder.Note(word, user, user);
        }

        (_wallets[user], _standings[user]) = (standing.WalletHalfords, word);
        recorder.Accounts.Add(new AccountRow(at, user, new GrcAmount(standing.WalletHalfords), new GrcAmount(standing.BalanceHalfords), word));
    }

    private void Note(ScenarioFunction function, string kind, ContainerState container) =>
        recorder.Note(kind, function.Name, function.User, function.Name, container.ContainerId);
}
