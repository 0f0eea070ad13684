using System.Text.Json;

namespace Benchmarks.Scaling;

/// <summary>What a run of the scaling benchmark found; null for what was not run.</summary>
/// <param name="OverheadVsUnlimited">How much longer the worst load but the bursts took under `tracking` than without limit, 0.02 for 2 %.</param>
/// <param name="OverheadBursts">The same of the bursts of 200 ms.</param>
/// <param name="Utilisation">Used ÷ allocated on steps.</param>
/// <param name="UtilisationConstant">Used ÷ allocated on a constant load.</param>
/// <param name="ReactionMsP50">From a demand above the limit to the raised limit.</param>
/// <param name="ReactionMsP95">The same, 95 of 100.</param>
/// <param name="RulesOverhead">As the first, under `rules`.</param>
/// <param name="RulesUtilisation">Used ÷ allocated on steps, under `rules`.</param>
/// <param name="RulesReactionMsP50">The reaction of `rules`.</param>
/// <param name="ChangesPerMinuteConstant">Changes of limit in a minute of constant load, once it rests.</param>
/// <param name="SimulatorOff">How far the simulated run time of a short load is off the real one, 0.01 for 1 %.</param>
/// <param name="ScalerCores">CPU of the Scaler itself, by number of containers.</param>
/// <param name="ScalerMemoryMib">Its memory with the most containers.</param>
internal sealed record ScalingFigures(
    double? OverheadVsUnlimited,
    double? OverheadBursts,
    double? Utilisation,
    double? UtilisationConstant,
    double? ReactionMsP50,
    double? ReactionMsP95,
    double? RulesOverhead,
    double? RulesUtilisation,
    double? RulesReactionMsP50,
    double? ChangesPerMinuteConstant,
    double SimulatorOff,
    IReadOnlyDictionary<int, double> ScalerCores,
    double? ScalerMemoryMib)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new ShortNumbers() },
    };

    public static ScalingFigures Of(Comparison all, double simulatorOff, IReadOnlyList<OwnCost> costs) => new(
        all.WorstOverhead(Policies.Tracking),
        all.Overhead(Policies.Tracking, Load.Bursts),
        all.Utilisation(Policies.Tracking, Load.Steps),
        all.Utilisation(Policies.Tracking, Load.Constant),
        all.ReactionMilliseconds(Policies.Tracking, 50),
        all.ReactionMilliseconds(Policies.Tracking, 95),
        all.WorstOverhead(Policies.Rules),
        all.Utilisation(Policies.Rules, Load.Steps),
        all.ReactionMilliseconds(Policies.Rules, 50),
        all.ConstantChanges(Policies.Tracking),
        simulatorOff,
        costs.ToDictionary(c => c.Containers, c => c.Cores),
        costs.Count == 0 ? null : costs.Max(c => c.MemoryMib));

    /// <summary>Four decimals say all that was measured.</summary>
    private sealed class ShortNumbers : System.Text.Json.Serialization.JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value, 4));
    }
}
