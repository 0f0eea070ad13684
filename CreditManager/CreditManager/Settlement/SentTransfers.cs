using CreditManager.Core.Transfers;
using CreditManager.Options;

namespace CreditManager.Settlement;

/// <summary>
/// When each transfer was last given out, and how long after that it may still be about to be carried out. After a restart
/// nobody knows since when, so it waits in full.
/// </summary>
internal sealed class SentTransfers(WalletOptions options, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private readonly Dictionary<string, (long At, TimeSpan Wait)> _givenOut = new(StringComparer.Ordinal);

    /// <summary>It is about to be given out. Noted first: a caller that goes away in the middle leaves no failure behind.</summary>
    public void GiveOut(Transfer transfer) => _givenOut[transfer.Comment] = (time.GetTimestamp(), options.WaitBeforeResend);

    /// <summary>An answer came, so nothing is on its way any more; whether it told the truth the wallet's list shows.</summary>
    public void Answered(Transfer transfer) => _givenOut[transfer.Comment] = (time.GetTimestamp(), TimeSpan.Zero);

    /// <summary>No answer came that can be trusted.</summary>
    public void Unanswered(Transfer transfer) => GiveOut(transfer);

    public void Forget(Transfer transfer) => _givenOut.Remove(transfer.Comment);

    /// <summary>Whether a wallet that is stuck may still be about to carry it out.</summary>
    public bool MayStillCome(Transfer transfer)
    {
        var (at, wait) = _givenOut.GetValueOrDefault(transfer.Comment, (_startedAt, options.WaitBeforeResend));
        return time.GetElapsedTime(at) < wait;
    }
}
