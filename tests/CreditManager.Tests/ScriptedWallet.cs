using System.Runtime.CompilerServices;
using CreditManager.Core.Money;
using CreditManager.Wallets;

namespace CreditManager.Tests;

/// <summary>How a move of the <see cref="ScriptedWallet"/> goes.</summary>
internal enum MoveFault
{
    None,

    /// <summary>Nothing reached the wallet.</summary>
    Unreachable,

    /// <summary>Refused credentials.</summary>
    Unauthorized,

    /// <summary>Refused with an error, truthfully.</summary>
    Refused,

    /// <summary>Carried out, then an error is answered: a lie.</summary>
    RefusedAfterApplying,

    /// <summary>Carried out, and no answer.</summary>
    LostAfterApplying,

    /// <summary>Not carried out, and no answer.</summary>
    LostBeforeApplying,

    /// <summary>No answer, and carried out only when <see cref="ScriptedWallet.ApplyLate"/> says so.</summary>
    Late,

    /// <summary>As <see cref="Late"/>, and the caller stops waiting.</summary>
    LateAndCancelled,
}

/// <summary>A wallet in memory that fails in the ways told, and remembers every move.</summary>
internal sealed class ScriptedWallet : IWallet
{
    private readonly Dictionary<string, GrcAmount> _accounts = new(StringComparer.Ordinal);
    private readonly List<(string Account, WalletTransaction Entry)> _entries = [];
    private readonly Queue<Action> _late = new();
    private long _carried;

    /// <summary>Faults of the next moves, in order.</summary>
    public Queue<MoveFault> Faults { get; } = new();

    /// <summary>What every call throws; null to work.</summary>
    public WalletException? Failure { get; set; }

    /// <summary>What the next listing answers in the place of the truth.</summary>
    public Queue<Dictionary<string, GrcAmount>> Lies { get; } = new();

    /// <summary>What happens while the next listing of accounts is on its way.</summary>
    public Action? DuringListing { get; set; }

    public int MoveCalls { get; private set; }

    /// <summary>All calls, by method.</summary>
    public Dictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Coins on their way, as the next listings tell.</summary>
    public List<IncomingCoins> Incoming { get; } = [];

    /// <summary>From where on coins on their way were last asked for.</summary>
    public string? AskedSince { get; private set; }

    /// <summary>Whether coins on their way are not told.</summary>
    public bool RefuseIncoming { get; set; }

    /// <summary>Moves that were carried out, by comment.</summary>
    public IReadOnlyList<string> Carried => [.. _entries.Where(e => e.Entry.Amount > GrcAmount.Zero).Select(e => e.Entry.Comment)];

    public GrcAmount this[string account] => _accounts.GetValueOrDefault(account);

    /// <summary>A move by other hands.</summary>
    public void Move(string source, string target, long halfords, string comment = "by hand") =>
        Carry(source, target, new GrcAmount(halfords), comment);

    /// <summary>Changes an account without any transaction that shows it.</summary>
    public void Conjure(string account, long halfords) => _accounts[account] = this[account] + new GrcAmount(halfords);

    /// <summary>Lists nothing of what was before.</summary>
    public void ForgetHistory() => _entries.Clear();

    public void ApplyLate()
    {
        while (_late.TryDequeue(out var move))
        {
            move();
        }
    }

    public Task<IReadOnlyDictionary<string, GrcAmount>> ListAccountsAsync(CancellationToken cancellationToken) =>
        Answer<IReadOnlyDictionary<string, GrcAmount>>(() =>
        {
            DuringListing?.Invoke();
            return Lies.TryDequeue(out var lie) ? lie : new Dictionary<string, GrcAmount>(_accounts);
        });

    public Task MoveAsync(string source, string target, GrcAmount amount, string comment, CancellationToken cancellationToken) => Answer(() =>
    {
        MoveCalls++;
        var fault = Faults.TryDequeue(out var next) ? next : MoveFault.None;
        if (fault is MoveFault.None or MoveFault.RefusedAfterApplying or MoveFault.LostAfterApplying)
        {
            Carry(source, target, amount, comment);
        }
        else if (fault is MoveFault.Late or MoveFault.LateAndCancelled)
        {
            _late.Enqueue(() => Carry(source, target, amount, comment));
        }

        return fault switch
        {
            MoveFault.None => true,
            MoveFault.Unreachable => throw new WalletException(WalletFailure.Unreachable, "no connection"),
            MoveFault.Unauthorized => throw new WalletException(WalletFailure.Unauthorized, "who are you"),
            MoveFault.Refused or MoveFault.RefusedAfterApplying => throw new WalletException(WalletFailure.Refused, "no", -4),
            MoveFault.LateAndCancelled => throw new OperationCanceledException(),
            _ => throw new WalletException(WalletFailure.Unclear, "no answer"),
        };
    });

    public Task<IReadOnlyList<WalletTransaction>> ListTransactionsAsync(string account, int count, int skip, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<WalletTransaction>>(() =>
            [.. _entries.Where(e => e.Account == account).Select(e => e.Entry).Reverse().Skip(skip).Take(count)]);

    public Task<ChainTransaction?> FindTransactionAsync(string transactionId, CancellationToken cancellationToken) =>
        Answer<ChainTransaction?>(() => null);

    public Task<IncomingList> ListIncomingAsync(string? since, CancellationToken cancellationToken) =>
        Answer(() =>
        {
            AskedSince = since;
            return RefuseIncoming ? throw new WalletException(WalletFailure.Refused, "no incoming", -5) : new IncomingList([.. Incoming], "block");
        });

    public Task<string> GetAddressAsync(string account, CancellationToken cancellationToken) => Answer(() => "address of " + account);

    private void Carry(string source, string target, GrcAmount amount, string comment)
    {
        _accounts[source] = this[source] - amount;
        _accounts[target] = this[target] + amount;
        var at = DateTimeOffset.UnixEpoch.AddSeconds(_carried++);
        _entries.Add((source, new WalletTransaction("move", -amount, target, comment, null, null, at)));
        _entries.Add((target, new WalletTransaction("move", amount, source, comment, null, null, at)));
    }

    private Task<T> Answer<T>(Func<T> answer, [CallerMemberName] string method = "")
    {
        Calls[method] = Calls.GetValueOrDefault(method) + 1;
        try
        {
            return Failure is null ? Task.FromResult(answer()) : Task.FromException<T>(Failure);
        }
        catch (Exception e) when (e is WalletException or OperationCanceledException)
        {
            return Task.FromException<T>(e);
        }
    }
}
