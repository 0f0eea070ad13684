namespace CreditManager.Contracts;

/// <summary>A version of a price list.</summary>
/// <param name="Name">1 to 64 of <c>A-Z a-z 0-9 . _ -</c>.</param>
/// <param name="VcoreSecondsPerGrc">How many vcore-seconds 1 GRC buys; the default tariff's 600.</param>
/// <param name="Version">Counts the changes, from 1.</param>
/// <param name="ValidFrom">Since when this version holds, or from when on.</param>
/// <param name="GibSecondsPerGrc">How many GiB-seconds of memory 1 GRC buys; null where memory costs nothing.</param>
/// <param name="RefundsPlatformFaults">Whether an attempt that the platform itself aborted is paid back.</param>
public sealed record Tariff(
    string Name,
    long VcoreSecondsPerGrc,
    int Version,
    DateTimeOffset ValidFrom,
    long? GibSecondsPerGrc = null,
    bool RefundsPlatformFaults = false);

/// <summary>Body of <c>PUT /tariffs/{name}</c>: the whole price list; what is left out is as its default says.</summary>
/// <param name="VcoreSecondsPerGrc">1 to 1,000,000,000.</param>
/// <param name="GibSecondsPerGrc">1 to 1,000,000,000; null where memory costs nothing.</param>
/// <param name="RefundsPlatformFaults">Whether an attempt that the platform itself aborted is paid back. Default false: what was used is billed.</param>
/// <param name="ValidFrom">From when on, not in the past and at most 10 years ahead; null for at once.</param>
public sealed record TariffSettings(
    long VcoreSecondsPerGrc, long? GibSecondsPerGrc = null, bool RefundsPlatformFaults = false, DateTimeOffset? ValidFrom = null);
