using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>
/// Takes a transfer to its end, exactly once: it is stored as sent before it is sent, and one whose answer is not certain is
/// looked for in the wallet's list before it is sent again. Call it inside the <see cref="WalletGate"/>.
/// </summary>
internal sealed partial class TransferRunner(
    IWallet wallet, TransferBook book, WalletOptions options, IKillPoints killPoints, TimeProvider time, ILogger<TransferRunner> logger)
{
    private const int FirstPage = 200;
    private const int NextPages = 10_000;

    private readonly ILogger _logger = logger;
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>When each transfer was last given out, and how long after that it may still be about to be carried out.</summary>
    private readonly Dictionary<string, (long At, TimeSpan Wait)> _givenOut = new(StringComparer.Ordinal);

    /// <summary>Goes as far as is certain; the transfer as it is then.</summary>
    /// <exception cref="WalletException">The wallet failed; the transfer stays where it is and is taken up again by the next call.</exception>
    public async Task<Transfer> RunAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        if (transfer.State == TransferState.Sent)
        {
            transfer = await ResolveAsync(transfer, cancellationToken);
        }

        return transfer.State == TransferState.Planned ? await SendAsync(transfer, cancellationToken) : transfer;
    }

    private async Task<Transfer> SendAsync(Transfer planned, CancellationToken cancellationToken)
    {
        killPoints.Pass(KillPoint.BeforeSent);
        var sent = book.Move(planned, TransferEvent.Send);
        killPoints.Pass(KillPoint.AfterSent);
        // Written down first: a caller that goes away in the middle leaves no failure behind.
        _givenOut[sent.Comment] = (time.GetTimestamp(), options.WaitBeforeResend);
        try
        {
            await wallet.MoveAsync(sent.Source, sent.Target, sent.Amount, sent.Comment, cancellationToken);
        }
        catch (WalletException e)
        {
            LogFailed(sent.Comment, e.Failure, e.Message);
            Fail(sent, e.Failure);
            throw;
        }

        killPoints.Pass(KillPoint.AfterMove);
        return Confirm(sent);
    }

    private async Task<Transfer> ResolveAsync(Transfer sent, CancellationToken cancellationToken)
    {
        if (await IsInWalletAsync(sent, cancellationToken))
        {
            return Confirm(sent);
        }

        return MayStillCome(sent) ? book.Move(sent, TransferEvent.Unclear) : Withdraw(sent);
    }

    private Transfer Confirm(Transfer sent)
    {
        killPoints.Pass(KillPoint.BeforeConfirm);
        var confirmed = book.Move(sent, TransferEvent.Seen);
        killPoints.Pass(KillPoint.AfterConfirm);
        _givenOut.Remove(sent.Comment);
        LogConfirmed(sent.Comment, sent.Amount);
        return confirmed;
    }

    private Transfer Withdraw(Transfer sent)
    {
        killPoints.Pass(KillPoint.BeforeAbsent);
        var planned = book.Move(sent, TransferEvent.Absent);
        killPoints.Pass(KillPoint.AfterAbsent);
        _givenOut.Remove(sent.Comment);
        return planned;
    }

    private void Fail(Transfer sent, WalletFailure failure)
    {
        switch (failure)
        {
            case WalletFailure.Unreachable:
                Withdraw(sent);
                break;
            case WalletFailure.Unauthorized or WalletFailure.Refused:
                // An answer came, so nothing is on its way any more; whether it told the truth the wallet's list shows.
                _givenOut[sent.Comment] = (time.GetTimestamp(), TimeSpan.Zero);
                break;
            case WalletFailure.Unclear:
                _givenOut[sent.Comment] = (time.GetTimestamp(), options.WaitBeforeResend);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(failure), failure, null);
        }
    }

    /// <summary>Whether a wallet that is stuck may still be about to carry it out. After a restart nobody knows since when, so it waits in full.</summary>
    private bool MayStillCome(Transfer sent)
    {
        var (at, wait) = _givenOut.GetValueOrDefault(sent.Comment, (_startedAt, options.WaitBeforeResend));
        return time.GetElapsedTime(at) < wait;
    }

    private async Task<bool> IsInWalletAsync(Transfer sent, CancellationToken cancellationToken)
    {
        var (skip, count) = (0, FirstPage);
        while (true)
        {
            var page = await wallet.ListTransactionsAsync(sent.Source, count, skip, cancellationToken);
            if (page.Any(t => t.Comment == sent.Comment && t.OtherAccount == sent.Target && t.Amount == -sent.Amount))
            {
                return true;
            }

            if (page.Count < count)
            {
                return false;
            }

            (skip, count) = (skip + count, NextPages);
        }
    }
}
