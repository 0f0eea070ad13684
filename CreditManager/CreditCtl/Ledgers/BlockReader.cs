using System.Buffers;

namespace CreditCtl.Ledgers;

/// <summary>Whole lines of a file.</summary>
/// <param name="Buffer">Rented; whoever reads the lines gives it back.</param>
/// <param name="Length">How much of it is filled.</param>
/// <param name="TooLong">Whether a line follows that is too long; it is left out, and nothing comes after it.</param>
internal sealed record LineBlock(byte[] Buffer, int Length, bool TooLong);

/// <summary>Cuts a stream into blocks that end where lines end.</summary>
/// <param name="stream">The file.</param>
/// <param name="blockSize">How large a block is when its lines are short.</param>
/// <param name="longestLine">Where a line ends that has no end.</param>
internal sealed class BlockReader(Stream stream, int blockSize, int longestLine)
{
    private byte[] _rest = [];
    private bool _ended;

    /// <summary>The next block; null at the end.</summary>
    public async Task<LineBlock?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ended && _rest.Length == 0)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(blockSize, 2 * _rest.Length));
        _rest.CopyTo(buffer, 0);
        var length = _rest.Length;
        while (true)
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(length), buffer.Length - length, throwOnEndOfStream: false, cancellationToken);
            // What was there before holds no end of a line, or it would have been given out.
            var end = buffer.AsSpan(length, read).LastIndexOf((byte)'\n') is >= 0 and var at ? length + at + 1 : 0;
            _ended = length + read < buffer.Length;
            length += read;
            if (_ended || end > 0)
            {
                return Cut(buffer, _ended ? length : end, length);
            }

            if (length > longestLine)
            {
                (_ended, _rest) = (true, []);
                return new LineBlock(buffer, 0, TooLong: true);
            }

            buffer = Grow(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private LineBlock Cut(byte[] buffer, int end, int length)
    {
        _rest = buffer[end..length];
        return new LineBlock(buffer, end, TooLong: false);
    }
}
