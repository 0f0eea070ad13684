using Experiments.Core.Reading;

namespace Experiments.Running;

/// <summary>What a run was asked for.</summary>
/// <param name="Files">Scenario files.</param>
/// <param name="Out">Where results go.</param>
/// <param name="Force">Whether results there may be overwritten.</param>
/// <param name="Policy">The only policy to run; null for all of the file's.</param>
/// <param name="Variant">The only variant to run; null for all of the file's.</param>
/// <param name="Settings">Values in the place of the files' own.</param>
/// <param name="Figures">Whether figures are drawn.</param>
/// <param name="Live">How much shorter than the scenario it is on the real platform; null for a simulation.</param>
internal sealed record RunSettings(
    IReadOnlyList<string> Files, string Out, bool Force, string? Policy, string? Variant, IReadOnlyList<Setting> Settings, bool Figures,
    int? Live = null);
