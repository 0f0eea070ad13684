using System.Buffers;
using System.Text;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// The names in a directory, gone through in the order of the keys that they stand for. A directory may hold a hundred thousand: their bytes lie one
/// behind the other, and only the name that the walk has come to is a string.
/// </summary>
/// <param name="beginning">What the keys of everything in it begin with.</param>
/// <param name="path">The directory.</param>
internal sealed class SortedDirectory(string beginning, BucketPath path) : IDisposable
{
    private const byte Slash = (byte)'/';

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private Entry[] _entries = ArrayPool<Entry>.Shared.Rent(64);
    private int _used;
    private int _count;
    private int _next;

    public BucketPath Path => path;

    /// <summary>The name that the walk has come to.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its key; of a directory, what the keys in it begin with.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory { get; private set; }

    /// <summary>Adds a name; in any order, before the walk.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isDirectory">Whether it is a directory.</param>
    /// <param name="rest">What it stands for, see <see cref="FileNames.Decode"/>.</param>
    public void Add(string name, bool isDirectory, string rest)
    {
        var endsWithSlash = isDirectory && rest.EndsWith('/');
        // Marks are ASCII: as many bytes as characters.
        var mark = name.Length - (rest.Length - (endsWithSlash ? 1 : 0));
        var most = Encoding.UTF8.GetMaxByteCount(name.Length);
        Grow(ref _bytes, _used, _used + most);
        Grow(ref _entries, _count, _count + 1);
        var length = Encoding.UTF8.GetBytes(name, _bytes.AsSpan(_used));
        _entries[_count++] = new Entry(_used, (ushort)length, (byte)mark, isDirectory, endsWithSlash);
        _used += length;
    }

    /// <summary>Everything has been added.</summary>
    public void Sort() => _entries.AsSpan(0, _count).Sort(Compare);

    /// <summary>Goes on to the next name; false at the end.</summary>
    public bool MoveNext()
    {
        if (_next == _count)
        {
            return false;
        }

        var entry = _entries[_next++];
        Name = Encoding.UTF8.GetString(_bytes, entry.Offset, entry.Length);
        Key = beginning + FileNames.Decode(Name, entry.IsDirectory);
        IsDirectory = entry.IsDirectory;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            ArrayPool<Entry>.Shared.Return(_entries);
            (_bytes, _entries, _count, _next) = ([], [], 0, 0);
        }
    }

    private static void Grow<T>(ref T[] array, int used, int wanted)
    {
        if (wanted > array.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(Math.Max(wanted, array.Length * 2));
            array.AsSpan(0, used).CopyTo(larger);
            ArrayPool<T>.Shared.Return(array);
            array = larger;
        }
    }

    private int Compare(Entry left, Entry right)
    {
        var a = Rest(left);
        var b = Rest(right);
        var common = Math.Min(a.Length, b.Length);
        var order = a[..common].SequenceCompareTo(b[..common]);
        return order != 0 ? order : Following(a, left, common).CompareTo(Following(b, right, common));
    }

    private ReadOnlySpan<byte> Rest(Entry entry) => _bytes.AsSpan(entry.Offset + entry.Mark, entry.Length - entry.Mark);

    // The end comes before everything else.
    private static int Following(ReadOnlySpan<byte> rest, Entry entry, int at) => at < rest.Length ? rest[at] : entry.EndsWithSlash ? Slash : -1;

    /// <param name="Offset">Where its bytes are.</param>
    /// <param name="Length">How many.</param>
    /// <param name="Mark">How many of them only say how the rest is meant.</param>
    /// <param name="IsDirectory">Whether it is a directory.</param>
    /// <param name="EndsWithSlash">Whether a slash follows in the key.</param>
    private readonly record struct Entry(int Offset, ushort Length, byte Mark, bool IsDirectory, bool EndsWithSlash);
}
