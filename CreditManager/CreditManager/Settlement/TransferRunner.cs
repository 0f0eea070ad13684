using System.Runtime.ExceptionServices;
using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>
/// Takes transfers to their ends, exactly once: they are stored as sent before they are sent, and one whose answer is not
/// certain is looked for in the wallet's list before it is sent again. Call it inside the <see cref="WalletGate"/>.
/// </summary>
internal sealed partial class TransferRunner(
    IWallet wallet, TransferBook book, TransferFinder finder, SentTransfers sentTransfers, IKillPoints killPoints, ILogger<TransferRunner> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Takes one as far as is certain; the transfer as it is then.</summary>
    /// <exception cref="WalletException">The wallet failed; the transfer stays where it is and is taken up again by the next call.</exception>
    public async Task<Transfer> RunAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        transfer = transfer.State == TransferState.Sent ? await ResolveAsync(transfer, cancellationToken) : transfer;
        if (transfer.State != TransferState.Planned)
        {
            return transfer;
        }

        var sent = (await SendAsync([transfer], cancellationToken))[0];
        return sent.Refusal is null ? sent.Transfer : throw sent.Refusal;
    }

    /// <summary>Finds out what became of one that was sent: confirmed, or planned again where it cannot come any more.</summary>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task<Transfer> ResolveAsync(Transfer sent, CancellationToken cancellationToken)
    {
        var mayCome = sentTransfers.MayStillCome(sent);
        if (await finder.HasAsync(sent, certain: !mayCome, cancellationToken))
        {
            return Record([(sent, TransferEvent.Seen)])[0];
        }

        return mayCome ? book.Move(sent, TransferEvent.Unclear) : Record([(sent, TransferEvent.Absent)])[0];
    }

    /// <summary>
    /// Sends planned ones, one after another. A refusal concerns the one that was refused; after any other failure those that
    /// were not given out yet are planned again.
    /// </summary>
    /// <returns>The transfers as they are then, with the refusals.</returns>
    /// <exception cref="WalletException">The wallet failed; what was done before is recorded.</exception>
    public async Task<IReadOnlyList<SentTransfer>> SendAsync(IReadOnlyList<Transfer> planned, CancellationToken cancellationToken)
    {
        killPoints.Pass(KillPoint.BeforeSent);
        var sent = book.Move(planned.Select(t => (t, TransferEvent.Send)));
        killPoints.Pass(KillPoint.AfterSent);
        var outcomes = new List<SendOutcome>();
        SendOutcome? last = null;
        foreach (var transfer in sent)
        {
            var outcome = last is null ? await GiveOutAsync(transfer, cancellationToken) : new SendOutcome(transfer, TransferEvent.Absent);
            last = outcome.Stops ? outcome : last;
            outcomes.Add(outcome);
        }

        var recorded = Record(outcomes.Select(o => (o.Transfer, o.Event)));
        last?.Failure!.Throw();
        return [.. recorded.Zip(outcomes, (t, o) => new SentTransfer(t, o.Failure?.SourceException as WalletException))];
    }

    private async Task<SendOutcome> GiveOutAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        sentTransfers.GiveOut(transfer);
        try
        {
            killPoints.Pass(KillPoint.BeforeMove);
            await wallet.MoveAsync(transfer.Source, transfer.Target, transfer.Amount, transfer.Comment, cancellationToken);
            killPoints.Pass(KillPoint.AfterMove);
            return new SendOutcome(transfer, TransferEvent.Seen);
        }
        catch (WalletException e)
        {
            LogFailed(transfer.Comment, e.Failure, e.Message);
            return Fail(transfer, e);
        }
        catch (OperationCanceledException e)
        {
            return new SendOutcome(transfer, TransferEvent.Unclear, ExceptionDispatchInfo.Capture(e), Stops: true);
        }
    }

    private SendOutcome Fail(Transfer transfer, WalletException failure)
    {
        var captured = ExceptionDispatchInfo.Capture(failure);
        switch (failure.Failure)
        {
            case WalletFailure.Unreachable:
                return new SendOutcome(transfer, TransferEvent.Absent, captured, Stops: true);
            case WalletFailure.Unauthorized:
                sentTransfers.Answered(transfer);
                return new SendOutcome(transfer, TransferEvent.Unclear, captured, Stops: true);
            case WalletFailure.Refused:
                sentTransfers.Answered(transfer);
                return new SendOutcome(transfer, TransferEvent.Unclear, captured);
            case WalletFailure.Unclear:
                sentTransfers.Unanswered(transfer);
                return new SendOutcome(transfer, TransferEvent.Unclear, captured, Stops: true);
            default:
                throw new ArgumentOutOfRangeException(nameof(failure), failure.Failure, null);
        }
    }

    private IReadOnlyList<Transfer> Record(IEnumerable<(Transfer Transfer, TransferEvent Happened)> events)
    {
        var all = events.ToList();
        PassIf(all, TransferEvent.Seen, KillPoint.BeforeConfirm);
        PassIf(all, TransferEvent.Absent, KillPoint.BeforeAbsent);
        var recorded = book.Move(all);
        PassIf(all, TransferEvent.Seen, KillPoint.AfterConfirm);
        PassIf(all, TransferEvent.Absent, KillPoint.AfterAbsent);
        foreach (var transfer in recorded.Where(t => t.State != TransferState.Sent))
        {
            sentTransfers.Forget(transfer);
        }

        foreach (var transfer in recorded.Where(t => t.State == TransferState.Confirmed))
        {
            LogConfirmed(transfer.Comment, transfer.Amount);
        }

        return recorded;
    }

    private void PassIf(List<(Transfer Transfer, TransferEvent Happened)> events, TransferEvent happened, string point)
    {
        if (events.Exists(e => e.Happened == happened))
        {
            killPoints.Pass(point);
        }
    }
}
