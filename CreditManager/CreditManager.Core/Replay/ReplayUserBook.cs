using CreditManager.Core.Attempts;
using CreditManager.Core.Money;
using CreditManager.Core.Records;

namespace CreditManager.Core.Replay;

/// <summary>One user's entries, applied twice: as they were, and under the terms.</summary>
internal sealed class ReplayUserBook(string user, ReplayTerms terms, DateTimeOffset opened)
{
    private readonly ReplayAccount _recorded = new(terms.MaxDebt, block: null, opened);
    private readonly ReplayAccount _replayed = new(terms.MaxDebt, terms.Block, opened);
    private readonly Dictionary<(string Function, string Task), int> _refunds = [];
    private long _lostCharges;
    private long _lostMicroseconds;
    private long _unpricedMemory;

    /// <summary>Time goes on for this user.</summary>
    public void PassTo(DateTimeOffset now)
    {
        _recorded.PassTo(now);
        _replayed.PassTo(now);
    }

    public void Charge(ChargeRecord charge, GrcAmount amount)
    {
        _recorded.Charge(amount);
        if (_replayed.IsExhausted)
        {
            _lostCharges++;
            _lostMicroseconds += charge.After - charge.Before;
            return;
        }

        _unpricedMemory += terms.Tariff?.GibSecondsPerGrc is not null && charge.Memory is null ? 1 : 0;
        _replayed.Charge(terms.Tariff is { } tariff ? charge.PriceAt(tariff.VcoreSecondsPerGrc, tariff.GibSecondsPerGrc) : amount);
    }

    /// <summary>Under another price an attempt that may be paid back is paid back as the rules of that price say.</summary>
    public void Attempt(AttemptRecord attempt)
    {
        if (terms.Tariff is not { } tariff || _replayed.IsExhausted)
        {
            return;
        }

        var (facts, task) = (attempt.Facts, (attempt.Facts.Function, attempt.Facts.Task));
        var price = new TariffVersion("replayed", 1, tariff.VcoreSecondsPerGrc, tariff.GibSecondsPerGrc, tariff.RefundsPlatformFaults);
        var cost = AttemptPricing.Total(attempt.Parts.Select(part =>
            part with { Amount = AttemptPricing.Price(price, part.BaseMicroseconds, part.BeforeMicroseconds, part.AfterMicroseconds) }));
        var refund = RefundRules.Refund(facts.Outcome, cost, price, _refunds.GetValueOrDefault(task));
        if (refund > GrcAmount.Zero)
        {
            _refunds[task] = _refunds.GetValueOrDefault(task) + 1;
            _replayed.Refund(refund);
        }
    }

    /// <summary>A refund that was; under other prices those are made anew.</summary>
    public void Refund(GrcAmount amount)
    {
        _recorded.Refund(amount);
        if (terms.Tariff is null && !_replayed.IsExhausted)
        {
            _replayed.Refund(amount);
        }
    }

    /// <summary>A settlement that was; those under the terms are made anew.</summary>
    public void Settle(GrcAmount amount) => _recorded.CountSettlement(amount);

    /// <summary>Coins that came or went by other hands: they would have all the same.</summary>
    public void Move(GrcAmount amount)
    {
        _recorded.Move(amount);
        _replayed.Move(amount);
    }

    public ReplayedUser Close(DateTimeOffset end)
    {
        PassTo(end);
        return new ReplayedUser(user, _recorded.Figures(), _replayed.Figures(), _lostCharges, _lostMicroseconds, _unpricedMemory);
    }
}
