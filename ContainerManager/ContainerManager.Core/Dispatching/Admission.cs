namespace ContainerManager.Core.Dispatching;

/// <summary>How a function's owner stands with CreditManager.</summary>
/// <param name="MayStart">Whether tasks and containers may start.</param>
/// <param name="Standing">normal, low, indebted or exhausted.</param>
/// <param name="Reason">CreditManager's own words.</param>
/// <param name="NeededHalfords">Least deposit after which tasks start again.</param>
public sealed record OwnerFacts(bool MayStart, string Standing, string Reason, long NeededHalfords);

/// <summary>Everything that decides whether a function's next task may start.</summary>
/// <param name="Active">Whether the operator lets the function start anything.</param>
/// <param name="User">Its owner.</param>
/// <param name="BillingReachable">Whether CreditManager has answered lately.</param>
/// <param name="Owner">Null where CreditManager does not know the owner.</param>
/// <param name="Blocks">What is wrong with the bucket, shortly; empty where all is there.</param>
/// <param name="NodeBlock">What the node lacks; null where it has room.</param>
public sealed record AdmissionFacts(
    bool Active, string User, bool BillingReachable, OwnerFacts? Owner, IReadOnlyList<string> Blocks, string? NodeBlock);

/// <summary>Decides whether a task may start, and says why not.</summary>
public static class Admission
{
    /// <summary>Why the next task has to wait; null where it may start.</summary>
    public static string? WhyNot(AdmissionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            { Active: false } => "the function is not active: ask the operator",
            { Blocks: [var first, ..] } => first,
            { BillingReachable: false } => "billing not reachable",
            { Owner: null } => $"user {facts.User} is not known to billing",
            { Owner: { MayStart: false } owner } => Money(owner),
            _ => facts.NodeBlock,
        };
    }

    private static string Money(OwnerFacts owner)
    {
        if (owner.NeededHalfords <= 0)
        {
            return owner.Reason;
        }

        var needed = $"{GrcText.AtLeast(owner.NeededHalfords)} GRC needed";
        return owner.Standing is "indebted" or "exhausted" ? $"in debt: {needed}" : $"balance too low: {needed}";
    }
}
