using System.Globalization;
using CreditManager.Core.Attempts;
using CreditManager.Core.Metering;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>Recomputes what an attempt cost from its counters.</summary>
internal static class AttemptCost
{
    private const string Place = "details.";

    /// <summary>What is wrong with the attempt's own figures, or null.</summary>
    public static string? Check(AttemptRecord attempt, PriceBook prices)
    {
        var facts = attempt.Facts;
        if (attempt.Parts.Count == 0)
        {
            return $"{Place}parts is empty; it should hold at least one part.";
        }

        var fault = Expect.Between(Place + "number", facts.Number, 1, int.MaxValue)
            ?? Expect.Between(Place + "before_microseconds", facts.BeforeMicroseconds, 0, MeterRules.LargestCounter)
            ?? Expect.Between(Place + "after_microseconds", facts.AfterMicroseconds, facts.BeforeMicroseconds, MeterRules.LargestCounter);
        var at = facts.BeforeMicroseconds;
        for (var i = 0; fault is null && i < attempt.Parts.Count; i++)
        {
            fault = CheckPart(attempt.Parts[i], string.Create(CultureInfo.InvariantCulture, $"{Place}parts[{i}]."), at, prices);
            at = attempt.Parts[i].AfterMicroseconds;
        }

        return fault
            ?? Expect.Equal(Place + "after_microseconds", facts.AfterMicroseconds, at, ", where its last part ends")
            ?? Expect.Equal(Place + "cost_halfords", attempt.Cost.Halfords, AttemptPricing.Total(attempt.Parts).Halfords, ", what its parts add up to");
    }

    private static string? CheckPart(AttemptPart part, string place, long at, PriceBook prices) =>
        Expect.Equal(place + "before_microseconds", part.BeforeMicroseconds, at, ", where the part before ends")
        ?? Expect.Between(place + "base_microseconds", part.BaseMicroseconds, 0, part.BeforeMicroseconds)
        ?? Expect.Between(place + "after_microseconds", part.AfterMicroseconds, part.BeforeMicroseconds, MeterRules.LargestCounter)
        ?? prices.Check(part.Tariff, withMemory: false, place)
        ?? Expect.Equal(
            place + "halfords",
            part.Amount.Halfords,
            AttemptPricing.Price(part.Tariff, part.BaseMicroseconds, part.BeforeMicroseconds, part.AfterMicroseconds).Halfords,
            $", the price of {part.AfterMicroseconds - part.BeforeMicroseconds} µs at {part.Tariff.VcoreSecondsPerGrc} vcore-seconds per GRC");
}
