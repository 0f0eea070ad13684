using CreditManager.Core.Money;

namespace CreditManager.Core.Statements;

/// <summary>What a user has at a moment.</summary>
/// <param name="Wallet">Coins of the wallet account.</param>
/// <param name="Unsettled">Charged, not yet moved.</param>
public sealed record Position(GrcAmount Wallet, GrcAmount Unsettled)
{
    /// <summary>What is left when all is settled; negative in debt.</summary>
    public GrcAmount Balance => Wallet - Unsettled;
}

/// <summary>What changed a balance in a period, and what was settled. Every amount is at least 0 but <paramref name="Adjusted"/>.</summary>
/// <param name="Charged">For usage.</param>
/// <param name="Refunded">Paid back for attempts that the platform aborted.</param>
/// <param name="Found">On the wallet account when it was first seen.</param>
/// <param name="Deposited">Paid in.</param>
/// <param name="Withdrawn">Taken out by other hands.</param>
/// <param name="Adjusted">Booked for differences that nothing explains.</param>
/// <param name="Received">Settlements of users; for the provider.</param>
/// <param name="Settled">Moved to the provider for charges, which changes no balance.</param>
public sealed record StatementTotals(
    GrcAmount Charged = default,
    GrcAmount Refunded = default,
    GrcAmount Found = default,
    GrcAmount Deposited = default,
    GrcAmount Withdrawn = default,
    GrcAmount Adjusted = default,
    GrcAmount Received = default,
    GrcAmount Settled = default)
{
    /// <summary>Closing minus opening balance.</summary>
    public GrcAmount Change => Refunded + Found + Deposited + Adjusted + Received - Charged - Withdrawn;
}

/// <summary>An entry as a line of a statement.</summary>
/// <param name="Sequence">Its number in the ledger.</param>
/// <param name="At">When it was booked.</param>
/// <param name="Kind">Why.</param>
/// <param name="Function">Which function; empty where none.</param>
/// <param name="Container">Which container; empty where none.</param>
/// <param name="Task">Which task; empty where none.</param>
/// <param name="Microseconds">CPU time; null where it is no matter of usage.</param>
/// <param name="Change">By how much the balance changed.</param>
/// <param name="Settled">How much was moved to the provider.</param>
/// <param name="Balance">The balance after it.</param>
/// <param name="Text">In words.</param>
public sealed record StatementLine(
    long Sequence,
    DateTimeOffset At,
    string Kind,
    string Function,
    string Container,
    string Task,
    long? Microseconds,
    GrcAmount Change,
    GrcAmount Settled,
    GrcAmount Balance,
    string Text);

/// <summary>What a function, a container or a task used and cost in the period.</summary>
/// <param name="Function">The function.</param>
/// <param name="Container">The container; empty where the group is of several.</param>
/// <param name="Task">The task; empty where the group is not of one.</param>
/// <param name="Entries">How many charges, or attempts of a task.</param>
/// <param name="Microseconds">CPU time.</param>
/// <param name="ByteSeconds">Memory that was charged.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Refunded">What was paid back of it.</param>
/// <param name="FirstAt">When the first of its entries was booked.</param>
/// <param name="LastAt">When the last one was.</param>
public sealed record StatementGroup(
    string Function,
    string Container,
    string Task,
    long Entries,
    long Microseconds,
    Int128 ByteSeconds,
    GrcAmount Cost,
    GrcAmount Refunded,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt);

/// <summary>A user's account over a period.</summary>
/// <param name="User">The user.</param>
/// <param name="Period">The period.</param>
/// <param name="IsKnown">Whether any entry, in the period or not, is about the user.</param>
/// <param name="Opening">At its beginning.</param>
/// <param name="Totals">What happened.</param>
/// <param name="Closing">At its end.</param>
/// <param name="Lines">Each entry, in the ledger's order; empty unless asked for.</param>
/// <param name="Groups">By function, container or task; empty unless asked for.</param>
public sealed record Statement(
    string User,
    StatementPeriod Period,
    bool IsKnown,
    Position Opening,
    StatementTotals Totals,
    Position Closing,
    IReadOnlyList<StatementLine> Lines,
    IReadOnlyList<StatementGroup> Groups);

/// <summary>What a statement lists.</summary>
public enum StatementDetail
{
    /// <summary>A group per function.</summary>
    Function,

    /// <summary>A group per container.</summary>
    Container,

    /// <summary>A group per task: what its attempts used and cost.</summary>
    Task,

    /// <summary>Every entry.</summary>
    Entry,
}
