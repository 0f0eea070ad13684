namespace Testing;

/// <summary>
/// A stream of zeros of any length, or a place for as many bytes, that measures how much memory is in use near its end: whoever
/// keeps the content in memory has nearly all of it by then.
/// </summary>
public sealed class MemoryProbeStream(long length) : Stream
{
    private const long Margin = 1 << 20;

    private long _position;

    /// <summary>Bytes of live objects when the end came near; 0 where it never did.</summary>
    public long LiveBytes { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, length - _position);
        Array.Clear(buffer, offset, read);
        Advance(read);
        return read;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Advance(count);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is kept.
    }

    private void Advance(int bytes)
    {
        _position += bytes;
        if (LiveBytes == 0 && _position >= length - Margin)
        {
            GC.Collect();
            LiveBytes = GC.GetGCMemoryInfo(GCKind.FullBlocking).HeapSizeBytes;
        }
    }
}
