namespace CreditCtl.Output;

/// <summary>A file that is there whole or not at all: it is written beside its place and moved there at the end.</summary>
internal sealed class AtomicFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _part;
    private readonly FileStream _stream;
    private bool _complete;

    public AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        // Only one of two that write at the same time gets the name; what a killed one left is overwritten by nobody else.
        _part = $"{_path}.{Environment.ProcessId}.part";
        if (Directory.Exists(_path))
        {
            throw new IOException("it is a directory.");
        }

        _stream = new FileStream(_part, FileMode.Create, FileAccess.Write, FileShare.None);
    }

    public Stream Stream => _stream;

    /// <summary>Brings the file to its place.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _stream.FlushAsync(cancellationToken);
        _stream.Flush(flushToDisk: true);
        await _stream.DisposeAsync();
        File.Move(_part, _path, overwrite: true);
        _complete = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        if (!_complete)
        {
            File.Delete(_part);
        }
    }
}
