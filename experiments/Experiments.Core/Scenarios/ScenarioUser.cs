using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Core.Standings;

namespace Experiments.Core.Scenarios;

/// <summary>Who pays.</summary>
/// <param name="Name">The user, and its wallet account.</param>
/// <param name="Terms">The user's side of the rules.</param>
/// <param name="Basis">Which CPU counter is billed.</param>
internal sealed record ScenarioUser(string Name, StandingTerms Terms, MeterBasis Basis);

/// <summary>Coins on their way to a user's wallet account.</summary>
/// <param name="User">Whose.</param>
/// <param name="Amount">How many.</param>
/// <param name="Sent">When they are sent.</param>
/// <param name="Delay">How long the chain takes; null for a time drawn from the measured distribution.</param>
internal sealed record Fund(string User, GrcAmount Amount, Moment Sent, TimeSpan? Delay);
