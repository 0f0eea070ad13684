using CreditManager.Core.Money;
using CreditManager.Core.Transfers;

namespace CreditManager.Core.Replay;

/// <summary>One account through time: its balance, and how long it stood where.</summary>
/// <param name="maxDebt">The debt limit; null where there is none.</param>
/// <param name="block">What settlements move at a time; null where they are not made here.</param>
/// <param name="opened">When the first entry about it was booked.</param>
internal sealed class ReplayAccount(GrcAmount? maxDebt, GrcAmount? block, DateTimeOffset opened)
{
    private DateTimeOffset _at = opened;
    private GrcAmount _wallet;
    private GrcAmount _unsettled;
    private GrcAmount _charged;
    private GrcAmount _refunded;
    private GrcAmount? _lowest;
    private DateTimeOffset _lowestAt = opened;
    private TimeSpan _inDebt;
    private DateTimeOffset? _inDebtSince;
    private TimeSpan _exhausted;
    private DateTimeOffset? _exhaustedSince;
    private long _settlements;
    private GrcAmount _settled;

    /// <summary>Whether the account stands at or below the debt limit, and so whatever runs stands still.</summary>
    public bool IsExhausted => maxDebt is { } limit && Balance <= limit && Balance <= GrcAmount.Zero;

    private GrcAmount Balance => _wallet - _unsettled;

    /// <summary>Time goes on. A clock that was set back makes no time pass.</summary>
    public void PassTo(DateTimeOffset now)
    {
        // Before its first entry an account has no standing that anybody could be in.
        if (now > _at && _lowest is not null)
        {
            var passed = now - _at;
            _inDebt += Balance <= GrcAmount.Zero ? passed : TimeSpan.Zero;
            _exhausted += IsExhausted ? passed : TimeSpan.Zero;
        }

        _at = now;
    }

    public void Charge(GrcAmount amount)
    {
        _charged += amount;
        _unsettled += amount;
        Look();
    }

    public void Refund(GrcAmount amount)
    {
        _refunded += amount;
        _unsettled -= amount;
        Look();
    }

    /// <summary>Coins that came onto the wallet account or left it.</summary>
    public void Move(GrcAmount amount)
    {
        _wallet += amount;
        Look();
    }

    /// <summary>A transfer that paid for charges.</summary>
    public void CountSettlement(GrcAmount amount) => (_settlements, _settled) = (_settlements + 1, _settled + amount);

    public AccountFigures Figures() => new(
        _charged, _refunded, Balance, _lowest ?? GrcAmount.Zero, _lowestAt, _inDebt, _inDebtSince, _exhausted, _exhaustedSince, _settlements, _settled);

    private void Look()
    {
        Settle();
        if (_lowest is not { } lowest || Balance < lowest)
        {
            (_lowest, _lowestAt) = (Balance, _at);
        }

        _inDebtSince ??= Balance <= GrcAmount.Zero ? _at : null;
        _exhaustedSince ??= IsExhausted ? _at : null;
    }

    /// <summary>As the wallet cycle would right after each entry; the balance is the same before and after.</summary>
    private void Settle()
    {
        if (block is { } size && TransferRules.AmountToSettle(_unsettled, _wallet, size) is { Halfords: > 0 } amount)
        {
            (_wallet, _unsettled) = (_wallet - amount, _unsettled - amount);
            CountSettlement(amount);
        }
    }
}
