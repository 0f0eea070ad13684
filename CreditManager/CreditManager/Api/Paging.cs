namespace CreditManager.Api;

/// <summary>Lists that are read page by page: <c>?after=N&amp;limit=M</c>.</summary>
internal static class Paging
{
    private const int LargestPage = 10_000;

    /// <summary>What is wrong with a page, one sentence each.</summary>
    public static IReadOnlyList<string> FindFaults(long after, int limit) =>
    [
        .. Refusals.Require(after >= 0, $"after: {after} is not allowed; allowed: at least 0."),
        .. Refusals.Require(limit is >= 1 and <= LargestPage, $"limit: {limit} is not allowed; allowed: 1 to {LargestPage}."),
    ];
}
