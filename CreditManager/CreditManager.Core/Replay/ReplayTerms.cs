using CreditManager.Core.Money;

namespace CreditManager.Core.Replay;

/// <summary>A price to try out on usage of the past.</summary>
/// <param name="VcoreSecondsPerGrc">How many vcore-seconds 1 GRC buys.</param>
/// <param name="GibSecondsPerGrc">How many GiB-seconds of memory 1 GRC buys; null where memory costs nothing.</param>
/// <param name="RefundsPlatformFaults">Whether an attempt that the platform itself aborted is paid back.</param>
public sealed record ReplayTariff(long VcoreSecondsPerGrc, long? GibSecondsPerGrc, bool RefundsPlatformFaults);

/// <summary>What is to be different from what was.</summary>
/// <param name="Tariff">The price of all usage; null for the prices and refunds that were.</param>
/// <param name="MaxDebt">At most 0: at or below it a user's containers stand still; null where nothing does.</param>
/// <param name="Block">Settlements move whole blocks of this size, more than 0; null where they are not made.</param>
public sealed record ReplayTerms(ReplayTariff? Tariff = null, GrcAmount? MaxDebt = null, GrcAmount? Block = null);
