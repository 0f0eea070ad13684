using CreditManager.Core.Money;

namespace Experiments.Core.Courses;

/// <summary>A function at one moment.</summary>
/// <param name="At">Since the start.</param>
/// <param name="Function">The function.</param>
/// <param name="UsedShares">CPU used since the row before, in shares (100 = one core).</param>
/// <param name="Container">Its container; null where it has none.</param>
/// <param name="Waiting">Tasks that wait.</param>
/// <param name="Running">Tasks that run.</param>
/// <param name="Done">Tasks that are done or given up on.</param>
internal sealed record FunctionRow(
    TimeSpan At, string Function, double UsedShares, ContainerSample? Container, int Waiting, int Running, int Done);

/// <summary>A container at one moment, in shares.</summary>
/// <param name="LimitShares">The limit in force.</param>
/// <param name="UpperShares">Above this a window makes an `up` event, under the rule set.</param>
/// <param name="LowerShares">Below this a window makes a `down` event, under the rule set.</param>
/// <param name="RestrictionShares">The fixed low limit; null where there is none.</param>
/// <param name="Frozen">Whether it is frozen.</param>
internal sealed record ContainerSample(int LimitShares, int UpperShares, int LowerShares, int? RestrictionShares, bool Frozen);

/// <summary>A user at one moment.</summary>
/// <param name="At">Since the start.</param>
/// <param name="User">The user.</param>
/// <param name="Coins">On the wallet account, as far as the platform knows.</param>
/// <param name="Balance">Those less what is charged and not settled.</param>
/// <param name="Standing">One of normal, low, indebted and exhausted.</param>
internal sealed record AccountRow(TimeSpan At, string User, GrcAmount Coins, GrcAmount Balance, string Standing);
