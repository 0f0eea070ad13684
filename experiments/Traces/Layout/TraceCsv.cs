namespace Traces.Layout;

/// <summary>
/// A CSV file of a trace, line by line, however long it is. The last line must end with a line end too: else nobody could tell whether the
/// file, and a number at its end, was cut off.
/// </summary>
internal sealed class TraceCsv : IDisposable
{
    private const int MostBytes = 1 << 20;

    private readonly FileStream _stream;
    private readonly string[] _header;
    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;

    /// <summary>Opens the file and checks its header.</summary>
    public TraceCsv(string path, string[] header)
    {
        Path = path;
        _header = header;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            CheckHeader();
        }
        catch (Exception)
        {
            _stream.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>Number of the line that was read last, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The fields of the line that was read last.</summary>
    public TraceRow Row => new(Path, Line, _header, _buffer.AsSpan(_lineStart, _lineLength));

    /// <summary>Reads the next line; false at the file's end.</summary>
    public bool ReadLine()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            if (!Fill())
            {
                return _start == _end ? false : throw Truncated();
            }
        }

        Line++;
        (_lineStart, _lineLength) = (_start, length);
        _start += length + 1;
        if (length > 0 && _buffer[_lineStart + length - 1] == '\r')
        {
            _lineLength--;
        }

        return true;
    }

    public void Dispose() => _stream.Dispose();

    private TraceFormatException Truncated() => new($"{Path}, line {Line + 1}: the file is cut off: its last line has no line end.");

    /// <summary>Reads more behind what is left; false at the file's end.</summary>
    private bool Fill()
    {
        if (_end - _start > MostBytes)
        {
            throw new TraceFormatException($"{Path}, line {Line + 1}: longer than {MostBytes} bytes; this is no file of a trace.");
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    private void CheckHeader()
    {
        if (!ReadLine())
        {
            throw new TraceFormatException($"{Path}: the file is empty; its first line must be the header {_header[0]},{_header[1]},….");
        }

        var row = Row;
        foreach (var name in _header)
        {
            row.Expect(name);
        }

        row.End();
    }
}
