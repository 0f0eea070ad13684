namespace CreditManager.Core.Money;

/// <summary>One version of a price list.</summary>
/// <param name="Name">The price list.</param>
/// <param name="Version">Counts its changes, from 1.</param>
/// <param name="VcoreSecondsPerGrc">How many vcore-seconds 1 GRC buys; at least 1.</param>
/// <param name="GibSecondsPerGrc">How many GiB-seconds of memory 1 GRC buys, at least 1; null where memory costs nothing.</param>
/// <param name="RefundsPlatformFaults">Whether an attempt that the platform itself aborted is paid back.</param>
public sealed record TariffVersion(
    string Name, int Version, long VcoreSecondsPerGrc, long? GibSecondsPerGrc = null, bool RefundsPlatformFaults = false);

/// <summary>A version and from when on it holds.</summary>
public sealed record ScheduledTariff(TariffVersion Tariff, DateTimeOffset ValidFrom);
