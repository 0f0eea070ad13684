using System.Security.Cryptography;

namespace GridcoinDevnet.Wallet;

/// <summary>The wallet's state with its journal: nothing changes that is not on the disk first. One caller at a time.</summary>
internal sealed class WalletBook : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Journal _journal;

    private WalletBook(Journal journal, WalletState state) => (_journal, State) = (journal, state);

    /// <summary>Read it inside <see cref="WithAsync"/> only.</summary>
    public WalletState State { get; }

    /// <summary>Opens the wallet whose journal is at <paramref name="path"/>; makes a new one where there is none.</summary>
    /// <exception cref="IOException">See <see cref="Journal.Open"/>.</exception>
    public static WalletBook Open(string path)
    {
        var state = new WalletState();
        var book = new WalletBook(Journal.Open(path, state.Apply), state);
        if (state.Keys is null)
        {
            var created = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero).ToUnixTimeSeconds();
            book.Write(new WalletCreated(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), created));
        }

        if (state.AddressCount == 0)
        {
            // The daemon's wallet is born with an address of the account without a name.
            book.Write(new AddressMade(""));
        }

        return book;
    }

    /// <summary>Runs <paramref name="action"/> while nobody else reads or changes the wallet.</summary>
    public async Task<T> WithAsync<T>(Func<WalletBook, T> action)
    {
        await _turn.WaitAsync();
        try
        {
            return action(this);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Changes the wallet for good.</summary>
    /// <exception cref="IOException">The disk did not take it; nothing changed.</exception>
    public void Write(JournalRecord record)
    {
        _journal.Append(record);
        State.Apply(record);
    }

    /// <summary>An address of the account that has received nothing yet.</summary>
    public string UnusedAddress(string account)
    {
        var last = State.AddressesOf(account).LastOrDefault();
        if (last is null || State.Received.Any(r => r.Address == last))
        {
            Write(new AddressMade(account));
        }

        return State.AddressesOf(account).Last();
    }

    public void Dispose()
    {
        _journal.Dispose();
        _turn.Dispose();
    }
}
