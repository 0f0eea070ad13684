namespace CreditManager.Core.Money;

/// <summary>One version of a price list.</summary>
/// <param name="Name">The price list.</param>
/// <param name="Version">Counts its changes, from 1.</param>
/// <param name="VcoreSecondsPerGrc">How many vcore-seconds 1 GRC buys; at least 1.</param>
public sealed record TariffVersion(string Name, int Version, long VcoreSecondsPerGrc);
