using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Transfers;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Simulation;

/// <summary>CreditManager's wallet cycle: sees what moved by other hands, and settles what is due.</summary>
internal sealed class WalletSimulation(Scenario scenario, SimulatedWallet wallet, SimulatedLedger ledger, CourseRecorder recorder, Func<TimeSpan> now)
{
    /// <summary>Wallet account that is paid.</summary>
    public const string Provider = "provider";

    private const int IdDigits = 32;

    private readonly Dictionary<string, AccountMark> _marks = new(StringComparer.Ordinal);
    private long _settlements;

    /// <summary>One cycle.</summary>
    public void RunCycle()
    {
        foreach (var account in scenario.Users.Select(u => u.Name).Append(Provider))
        {
            Reconcile(account);
        }

        foreach (var user in scenario.Users)
        {
            Settle(user.Name);
        }
    }

    private void Reconcile(string account)
    {
        var known = ledger.Find(LedgerAccounts.Wallet(account));
        var difference = wallet.BalanceOf(account) - (known ?? GrcAmount.Zero);
        if (difference == GrcAmount.Zero)
        {
            return;
        }

        var listed = wallet.List(account);
        var finding = Drift.Examine(difference, _marks.GetValueOrDefault(account, AccountMark.Beginning), listed, whole: true);
        var verdict = DriftVerdict.Of(account, known is not null, difference, finding, AccountMark.At(listed));
        if (!verdict.Certain || verdict.Mark is null)
        {
            throw new InvalidOperationException($"The simulated wallet's account {account} differs from the ledger by {difference} GRC and nothing explains it.");
        }

        ledger.Book(now(), verdict.Drafts);
        _marks[account] = verdict.Mark;
        recorder.Note(EventKinds.Funds, account, account, "", $"{difference} GRC");
    }

    private void Settle(string user)
    {
        var amount = TransferRules.AmountToSettle(ledger.UnsettledOf(user), ledger.WalletOf(user), scenario.Platform.MinCoinMovement);
        if (amount == GrcAmount.Zero)
        {
            return;
        }

        var transfer = new Transfer(NextId(), TransferPurpose.Settlement, user, user, Provider, amount, TransferState.Planned);
        transfer = transfer with { State = TransferRules.Next(transfer.State, TransferEvent.Send) };
        wallet.Move(transfer.Source, transfer.Target, transfer.Amount, transfer.Comment);
        transfer = transfer with { State = TransferRules.Next(transfer.State, TransferEvent.Seen) };
        ledger.Book(now(), Bookings.Settlement(transfer.Id, transfer.User, transfer.Target, transfer.Amount));
        recorder.Note(EventKinds.Settled, user, user, "", $"{amount} GRC");
    }

    /// <summary>As long as the service's, and the same for the same settlement of the same scenario.</summary>
    private string NextId()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{scenario.RunName}:{scenario.Seed}:{++_settlements}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..IdDigits];
    }
}
