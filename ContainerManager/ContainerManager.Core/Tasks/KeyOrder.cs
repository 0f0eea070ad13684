namespace ContainerManager.Core.Tasks;

/// <summary>The order in which tasks start: that of their names' UTF-8 bytes, as object stores list them.</summary>
public sealed class KeyOrder : IComparer<string>
{
    /// <summary>The only one that is needed.</summary>
    public static KeyOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return x is null ? (y is null ? 0 : -1) : 1;
        }

        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                return Rank(x[i]) - Rank(y[i]);
            }
        }

        return x.Length - y.Length;
    }

    // UTF-16 orders surrogates below U+E000, UTF-8 orders what they stand for above U+FFFF.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
