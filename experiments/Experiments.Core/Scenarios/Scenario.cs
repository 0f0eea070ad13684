using CreditManager.Core.Money;
using Experiments.Core.Expectations;

namespace Experiments.Core.Scenarios;

/// <summary>One experiment: who brings what, when, and what should come of it.</summary>
/// <param name="Name">What files and tables call it.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Variant">Which of the file's variants this is; empty for none.</param>
/// <param name="Length">When it ends, at the latest.</param>
/// <param name="EndsWhenDone">Whether it ends before that, once every task is done and every container gone.</param>
/// <param name="Seed">For everything that is random.</param>
/// <param name="Serverless">False for the classic cloud: the whole of `max_shares` from the first task to the end.</param>
/// <param name="Billing">False where nobody pays and no balance holds anything up.</param>
/// <param name="Policy">How limits follow the use.</param>
/// <param name="Tariff">The price list.</param>
/// <param name="Platform">What the operator configures.</param>
/// <param name="Users">In the order of the file.</param>
/// <param name="Funds">In the order of the file.</param>
/// <param name="Functions">In the order of the file.</param>
/// <param name="Batches">In the order of the file.</param>
/// <param name="Expectations">In the order of the file; those that do not hold for this variant and policy are left out.</param>
internal sealed record Scenario(
    string Name,
    string Title,
    string Variant,
    TimeSpan Length,
    bool EndsWhenDone,
    long Seed,
    bool Serverless,
    bool Billing,
    string Policy,
    TariffVersion Tariff,
    PlatformRules Platform,
    IReadOnlyList<ScenarioUser> Users,
    IReadOnlyList<Fund> Funds,
    IReadOnlyList<ScenarioFunction> Functions,
    IReadOnlyList<Batch> Batches,
    IReadOnlyList<Expectation> Expectations)
{
    /// <summary>Scenario, variant and policy in one word, for directories and tables.</summary>
    public string RunName => Variant.Length == 0 ? $"{Name}-{Policy}" : $"{Name}-{Variant}-{Policy}";

    /// <summary>The user of that name.</summary>
    public ScenarioUser User(string name) => Users.First(u => u.Name == name);

    /// <summary>The function of that name.</summary>
    public ScenarioFunction Function(string name) => Functions.First(f => f.Name == name);
}

/// <summary>A moment: a time since the start, or a pause after everything in a batch is done.</summary>
/// <param name="At">The time, or the pause.</param>
/// <param name="After">The batch; null for the start.</param>
internal sealed record Moment(TimeSpan At, string? After = null);
