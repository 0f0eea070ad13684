namespace CreditManager.Health;

/// <summary>How the last cycles went.</summary>
internal sealed class CreditHealth
{
    private readonly Lock _lock = new();
    private CycleHealth _cycle = new(null, []);
    private WalletHealth _wallet = new(false, "the wallet has not been asked yet.");

    public CycleHealth Cycle
    {
        get
        {
            lock (_lock)
            {
                return _cycle;
            }
        }

        set
        {
            lock (_lock)
            {
                _cycle = value;
            }
        }
    }

    public WalletHealth Wallet
    {
        get
        {
            lock (_lock)
            {
                return _wallet;
            }
        }

        set
        {
            lock (_lock)
            {
                _wallet = value;
            }
        }
    }
}

/// <summary>The last billing cycle that ran to its end.</summary>
internal sealed record CycleHealth(DateTimeOffset? At, IReadOnlyList<string> UnreachableScalers);

/// <summary>The last dealings with the wallet.</summary>
internal sealed record WalletHealth(bool Reachable, string? Error);
