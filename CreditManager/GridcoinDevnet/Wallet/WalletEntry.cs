namespace GridcoinDevnet.Wallet;

/// <summary>What the wallet lists for an account: one side of a move, or coins received.</summary>
internal abstract record WalletEntry(string Account, long Halfords, long Time);

/// <summary>One side of a move; every move has two.</summary>
internal sealed record MoveEntry(string Account, long Halfords, long Time, string OtherAccount, string Comment)
    : WalletEntry(Account, Halfords, Time);

/// <summary>Coins from the chain.</summary>
internal sealed record ReceiveEntry(string Account, long Halfords, long Time, string TxId, string Address)
    : WalletEntry(Account, Halfords, Time);
