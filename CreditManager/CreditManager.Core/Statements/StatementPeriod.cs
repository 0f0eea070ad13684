namespace CreditManager.Core.Statements;

/// <summary>The time that a statement is about.</summary>
/// <param name="From">The first moment of it; null from the beginning.</param>
/// <param name="Until">The first moment after it; null to the end.</param>
public sealed record StatementPeriod(DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    /// <summary>Whether an entry counts as opening balance.</summary>
    public bool IsBefore(DateTimeOffset at) => at < From;

    /// <summary>Whether an entry is of the period.</summary>
    public bool Contains(DateTimeOffset at) => !IsBefore(at) && !(at >= Until);
}
