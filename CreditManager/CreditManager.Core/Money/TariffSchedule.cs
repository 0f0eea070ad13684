namespace CreditManager.Core.Money;

/// <summary>Versions of one price list over time.</summary>
public static class TariffSchedule
{
    /// <summary>How far ahead a change may be planned.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(3652);

    /// <summary>The version in force; before the first one's time, by a clock that was set back, the first.</summary>
    /// <param name="versions">At least one, each version valid from later than the one before.</param>
    /// <param name="now">The time.</param>
    public static ScheduledTariff InForce(IReadOnlyList<ScheduledTariff> versions, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(versions);
        if (versions is [])
        {
            throw new ArgumentOutOfRangeException(nameof(versions), "A tariff has at least one version.");
        }

        return versions.Where(v => v.ValidFrom <= now).MaxBy(v => v.Tariff.Version) ?? versions.MinBy(v => v.Tariff.Version)!;
    }

    /// <summary>Why a version cannot be added; null where it can. What was used is never priced anew, so no version begins in the past.</summary>
    /// <param name="versions">Those that exist.</param>
    /// <param name="validFrom">From when on the new one is to hold; null for at once.</param>
    /// <param name="now">The time.</param>
    public static string? FindFault(IReadOnlyList<ScheduledTariff> versions, DateTimeOffset? validFrom, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(versions);
        if (validFrom < now)
        {
            return $"valid_from: {validFrom:O} is in the past; allowed: from now ({now:O}) on.";
        }

        if (validFrom > now + Farthest)
        {
            return $"valid_from: {validFrom:O} is too far ahead; allowed: up to {now + Farthest:O}.";
        }

        var newest = versions.MaxBy(v => v.ValidFrom);
        return newest is not null && (validFrom is { } from ? newest.ValidFrom >= from : newest.ValidFrom > now)
            ? $"valid_from: version {newest.Tariff.Version} holds from {newest.ValidFrom:O}; allowed: a later time, so that no two versions overlap."
            : null;
    }
}
