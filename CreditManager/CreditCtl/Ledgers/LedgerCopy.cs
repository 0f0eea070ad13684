using CreditCtl.Hosting;
using CreditCtl.Output;

namespace CreditCtl.Ledgers;

/// <summary>Copies an exported ledger and sees to it that it is whole.</summary>
internal sealed class LedgerCopy(Stream ledger, Terminal terminal)
{
    private const int BufferSize = 1 << 17;
    private static readonly byte[] TailBegins = """{"entries":"""u8.ToArray();

    private readonly byte[] _lineStart = new byte[TailBegins.Length];
    private int _lineLength;
    private bool _endsWithTail;

    public long Lines { get; private set; }

    public long Bytes { get; private set; }

    /// <exception cref="CtlException">The service broke off.</exception>
    public async Task ToAsync(Stream output, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(terminal, "lines");
        var buffer = new byte[BufferSize];
        while (await ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            Look(buffer.AsSpan(0, read));
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress.Tell(Lines);
        }

        if (!_endsWithTail)
        {
            throw new CtlException("the service broke off before the end of the ledger.", ExitCodes.Refused);
        }
    }

    private async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new CtlException($"the service broke off before the end of the ledger: {e.Message}", ExitCodes.Refused, e);
        }
    }

    /// <summary>The last line alone begins with the number of entries.</summary>
    private void Look(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        foreach (var b in bytes)
        {
            if (b == (byte)'\n')
            {
                _endsWithTail = _lineLength == TailBegins.Length && _lineStart.AsSpan().SequenceEqual(TailBegins);
                (Lines, _lineLength) = (Lines + 1, 0);
            }
            else if (_lineLength < TailBegins.Length)
            {
                _lineStart[_lineLength++] = b;
            }
        }
    }
}
