using CreditManager.Contracts;
using CreditManager.Core.Money;

namespace CreditManager.Alerts;

/// <summary>An alert as raised.</summary>
/// <param name="Id">Unique for good.</param>
/// <param name="User">Whom it concerns.</param>
/// <param name="Kind">Why.</param>
/// <param name="Threshold">The threshold; null for a change of standing.</param>
/// <param name="Balance">The balance then.</param>
/// <param name="Standing">The standing then.</param>
/// <param name="Text">In words.</param>
/// <param name="At">When.</param>
internal sealed record StoredAlert(
    string Id, string User, AlertKind Kind, GrcAmount? Threshold, GrcAmount Balance, Standing Standing, string Text, DateTimeOffset At);
