namespace GridcoinDevnet.Wallet;

/// <summary>The wallet in memory: what follows from the journal's records.</summary>
internal sealed class WalletState
{
    private readonly SortedDictionary<string, long> _moved = new(StringComparer.Ordinal);
    private readonly List<(string Account, string Address)> _addresses = [];
    private readonly List<WalletEntry> _entries = [];
    private readonly List<ReceiveEntry> _received = [];
    private readonly Dictionary<string, int> _confirmations = new(StringComparer.Ordinal);

    /// <summary>Null until the wallet is created.</summary>
    public KeyChain? Keys { get; private set; }

    public long CreatedAt { get; private set; }

    public int AddressCount => _addresses.Count;

    /// <summary>Every entry ever made, oldest first.</summary>
    public IReadOnlyList<WalletEntry> Entries => _entries;

    /// <summary>Accounts with an address or a move, in ordinal order, as the daemon lists them.</summary>
    public IEnumerable<string> Accounts => _moved.Keys;

    public IEnumerable<string> AccountsWithAddress => _addresses.Select(a => a.Account).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The entries that came from the chain, oldest first.</summary>
    public IReadOnlyList<ReceiveEntry> Received => _received;

    public IEnumerable<string> AddressesOf(string account) => _addresses.Where(a => a.Account == account).Select(a => a.Address);

    /// <summary>Every entry of an account (<c>*</c>: of all), newest first; reads no more of them than is asked for.</summary>
    public IEnumerable<WalletEntry> NewestFirst(string account)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (account == "*" || _entries[i].Account == account)
            {
                yield return _entries[i];
            }
        }
    }

    public int Confirmations(string txId) => _confirmations.GetValueOrDefault(txId);

    /// <summary>Number and account of an address of this wallet; null for others.</summary>
    public (int Number, string Account)? FindAddress(string address)
    {
        var number = _addresses.FindIndex(a => a.Address == address);
        return number < 0 ? null : (number, _addresses[number].Account);
    }

    public long Balance(string account, int minConfirmations) =>
        _moved.GetValueOrDefault(account) + ReceivedBy(account, minConfirmations);

    public long ReceivedBy(string? account, int minConfirmations) => Received
        .Where(r => (account is null || r.Account == account) && Confirmations(r.TxId) >= minConfirmations)
        .Sum(r => r.Halfords);

    /// <summary>Whether the balances stay within what a wallet can count.</summary>
    public bool CanMove(string from, string to, long halfords)
    {
        const long Most = long.MaxValue / 2;
        return _moved.GetValueOrDefault(from) - halfords > -Most && _moved.GetValueOrDefault(to) + halfords < Most;
    }

    public void Apply(JournalRecord record)
    {
        switch (record)
        {
            case WalletCreated created:
                Keys = new KeyChain(Convert.FromHexString(created.Seed));
                CreatedAt = created.Time;
                break;
            case AddressMade made:
                _addresses.Add((made.Account, Keys!.Address(_addresses.Count)));
                _moved.TryAdd(made.Account, 0);
                break;
            case Moved moved:
                Apply(moved);
                break;
            case Received received:
                var entry = new ReceiveEntry(received.Account, received.Halfords, received.Time, received.TxId, received.Address);
                _entries.Add(entry);
                _received.Add(entry);
                _confirmations[received.TxId] = received.Confirmations;
                break;
            case ConfirmationsSet confirmed:
                _confirmations[confirmed.TxId] = confirmed.Confirmations;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record, null);
        }
    }

    private void Apply(Moved moved)
    {
        _moved[moved.From] = checked(_moved.GetValueOrDefault(moved.From) - moved.Halfords);
        _moved[moved.To] = checked(_moved.GetValueOrDefault(moved.To) + moved.Halfords);
        _entries.Add(new MoveEntry(moved.From, -moved.Halfords, moved.Time, moved.To, moved.Comment));
        _entries.Add(new MoveEntry(moved.To, moved.Halfords, moved.Time, moved.From, moved.Comment));
    }
}
