using ContainerManager.Contracts;

namespace PlatformHarness.Tasks;

/// <summary>All that is known of a dropped task when everything has come to its end.</summary>
/// <param name="Function">Where it was dropped.</param>
/// <param name="Task">Its name.</param>
/// <param name="MustFail">Whether its script never succeeds.</param>
/// <param name="Places">Prefixes of the bucket under which its object lies: <c>input</c>, <c>processing</c>, <c>output</c>, <c>failed</c>.</param>
/// <param name="Receipt">Its receipt; null where there is none.</param>
/// <param name="Booked">Numbers of its attempts in the ledger, in the ledger's order.</param>
/// <param name="Runs">What its scripts wrote down.</param>
/// <param name="WrongResult">What is wrong with results and log; null where they are as they should be.</param>
internal sealed record TaskEvidence(
    string Function,
    string Task,
    bool MustFail,
    IReadOnlyList<string> Places,
    ReceiptFacts? Receipt,
    IReadOnlyList<int> Booked,
    IReadOnlyList<ScriptRun> Runs,
    string? WrongResult);

/// <summary>What a receipt says.</summary>
/// <param name="Phase">What became of the task.</param>
/// <param name="Signed">Whether the provider's signature is in it.</param>
/// <param name="Attempts">Oldest first.</param>
internal sealed record ReceiptFacts(TaskPhase Phase, bool Signed, IReadOnlyList<AttemptView> Attempts);
