namespace Scaler.Metrics;

/// <summary>The kind of a decision's reason: its words before the first figure, so that there are few.</summary>
internal static class ReasonKind
{
    private const int Longest = 40;

    /// <summary>"throttled 12 ms" is "throttled".</summary>
    public static string Of(string reason)
    {
        var end = reason.AsSpan().IndexOfAnyExcept(Allowed);
        var kind = (end < 0 ? reason : reason[..end]).Trim();
        return kind.Length is > 0 and <= Longest ? kind : "other";
    }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -_'");
}
