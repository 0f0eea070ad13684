using System.Collections.Concurrent;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Digests of files that have been read before: an image is as large as a system, and every start of a container asks for its digest.</summary>
internal sealed class KnownDigests
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, (long Length, DateTime Written, string Digest)> _known = new(StringComparer.Ordinal);

    /// <summary>The SHA-256 of a file; one whose length and time of writing are as they were is not read again.</summary>
    public async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        // Looked at before it is read: what is written meanwhile is another time of writing.
        var file = new FileInfo(path);
        var (length, written) = (file.Length, file.LastWriteTimeUtc);
        if (_known.TryGetValue(path, out var known) && (known.Length, known.Written) == (length, written))
        {
            return known.Digest;
        }

        var digest = await FileDigest.OfAsync(path, cancellationToken);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[path] = (length, written, digest);
        return digest;
    }
}
