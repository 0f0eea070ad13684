namespace CreditManager.Wallets;

/// <summary>
/// Lets one piece of work at a time deal with the wallet, so that a difference between ledger and wallet is never looked for
/// while a transfer is on its way.
/// </summary>
internal sealed class WalletGate : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Waits for its turn; dispose what it returns.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
