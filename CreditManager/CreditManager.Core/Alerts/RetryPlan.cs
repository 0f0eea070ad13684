namespace CreditManager.Core.Alerts;

/// <summary>
/// How often something that failed is tried again: the wait doubles from try to try. It counts waits and compares no clocks, so that a
/// clock set forward gives nothing up.
/// </summary>
/// <param name="First">The first wait; more than zero.</param>
/// <param name="Longest">The longest wait; at least <paramref name="First"/>.</param>
/// <param name="GiveUpAfter">How long all waits together may be.</param>
public sealed record RetryPlan(TimeSpan First, TimeSpan Longest, TimeSpan GiveUpAfter)
{
    /// <summary>How long to wait after <paramref name="tries"/> tries that failed; null where it is given up.</summary>
    /// <param name="tries">At least 1.</param>
    public TimeSpan? WaitAfter(int tries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, 1);
        var (wait, waited) = (First, First);
        for (var i = 1; i < tries && waited <= GiveUpAfter; i++)
        {
            wait = wait > Longest / 2 ? Longest : wait * 2;
            waited += wait;
        }

        return waited <= GiveUpAfter ? wait : null;
    }
}
