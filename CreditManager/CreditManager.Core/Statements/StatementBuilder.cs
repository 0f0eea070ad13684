using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Records;

namespace CreditManager.Core.Statements;

/// <summary>Makes a user's statement of a ledger's entries, taken one after the other.</summary>
/// <param name="user">Whose.</param>
/// <param name="period">Of which time.</param>
/// <param name="detail">What to list.</param>
public sealed class StatementBuilder(string user, StatementPeriod period, StatementDetail detail)
{
    private readonly string _wallet = LedgerAccounts.Wallet(user);
    private readonly string _owed = LedgerAccounts.Owed(user);
    private readonly GroupBook _groups = new(detail);
    private readonly List<StatementLine> _lines = [];
    private bool _known;
    private Position _opening = new(default, default);
    private Position _closing = new(default, default);
    private StatementTotals _totals = new();

    /// <summary>Takes the next entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="record">What its details say.</param>
    public void Take(LedgerEntry entry, EntryRecord record)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var effect = new Position(EffectOn(_wallet, entry.Draft), -EffectOn(_owed, entry.Draft));
        if (!Concerns(entry.Draft))
        {
            return;
        }

        _known = true;
        if (period.IsBefore(entry.At))
        {
            _groups.Note(record);
            _opening = Add(_opening, effect);
            _closing = Add(_closing, effect);
        }
        else if (period.Contains(entry.At))
        {
            _closing = Add(_closing, effect);
            _totals = StatementArithmetic.Count(_totals, entry.Draft, effect.Balance, user);
            List(entry, record, effect);
        }
    }

    /// <summary>The statement of everything taken so far.</summary>
    public Statement Build()
    {
        // The clock may have been set back: what counts as opening may come after a line, whose balance includes it all the same.
        var balance = _opening.Balance;
        var lines = _lines.ConvertAll(line => line with { Balance = balance += line.Change });
        return new Statement(user, period, _known, _opening, _totals, _closing, lines, _groups.All);
    }

    private static Position Add(Position position, Position effect) => new(position.Wallet + effect.Wallet, position.Unsettled + effect.Unsettled);

    private static GrcAmount EffectOn(string account, LedgerDraft draft) => draft switch
    {
        _ when draft.Credit == account => draft.Amount,
        _ when draft.Debit == account => -draft.Amount,
        _ => GrcAmount.Zero,
    };

    private bool Concerns(LedgerDraft draft) => draft.Debit == _wallet || draft.Credit == _wallet || draft.Debit == _owed || draft.Credit == _owed;

    private void List(LedgerEntry entry, EntryRecord record, Position effect)
    {
        _groups.Take(entry, record);
        // Coins and debt of a settlement are two entries; the second is the line of both.
        if (detail == StatementDetail.Entry && !(entry.Draft.Kind == LedgerKinds.Settlement && entry.Draft.Debit == _wallet))
        {
            var settles = entry.Draft.Kind == LedgerKinds.Clearing;
            _lines.Add(StatementArithmetic.Describe(entry, record) with
            {
                Change = settles ? GrcAmount.Zero : effect.Balance,
                Settled = settles ? entry.Draft.Amount : GrcAmount.Zero,
            });
        }
    }
}
