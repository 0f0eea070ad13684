using System.Globalization;
using ContainerManager.Core.Tasks;
using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Simulation;

/// <summary>Reports attempts to billing; to nobody where nothing is billed.</summary>
internal sealed class AttemptDesk(CreditSimulation? credit)
{
    private long _attempts;

    /// <summary>The next attempt's id.</summary>
    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"attempt-{++_attempts:D6}");

    /// <summary>An attempt runs.</summary>
    public void Started(string container, string attempt) => credit?.Started(container, attempt);

    /// <summary>An attempt has ended.</summary>
    public void Ended(string container, SlotRun run, AttemptRun described, ScenarioFunction function, AttemptEnding ending) => credit?.Ended(new AttemptFacts(
        run.AttemptId,
        function.User,
        function.Name,
        described.Task,
        described.Number,
        container,
        run.Slot,
        DateTimeOffset.UnixEpoch + described.StartedAt,
        DateTimeOffset.UnixEpoch + described.EndedAt,
        Outcome(ending),
        run.BeforeMicroseconds,
        run.BeforeMicroseconds + described.UsedMicroseconds,
        "",
        "",
        ""));

    /// <summary>An ending in the ledger's word.</summary>
    public static string Word(AttemptEnding ending) => LedgerDetails.Word(Outcome(ending));

    private static AttemptOutcome Outcome(AttemptEnding ending) => ending switch
    {
        AttemptEnding.Succeeded => AttemptOutcome.Succeeded,
        AttemptEnding.Capped => AttemptOutcome.Capped,
        AttemptEnding.AbortedForDebt => AttemptOutcome.AbortedForDebt,
        AttemptEnding.ContainerDied or AttemptEnding.Interrupted => AttemptOutcome.PlatformFault,
        _ => AttemptOutcome.Failed,
    };
}
