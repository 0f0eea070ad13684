namespace CreditManager.Health;

/// <summary>
/// Named places before and after each durable step. The service passes them without noticing; tests make it die at one, to
/// show that nothing is lost or doubled wherever it dies.
/// </summary>
internal interface IKillPoints
{
    /// <summary>Called when the work reaches <paramref name="point"/>.</summary>
    void Pass(string point);
}

/// <summary>Lets everything pass.</summary>
internal sealed class NoKillPoints : IKillPoints
{
    public void Pass(string point)
    {
    }
}

/// <summary>The names.</summary>
internal static class KillPoint
{
    public const string BeforeCharge = "before charge";
    public const string AfterCharge = "after charge";
    public const string BeforeAcknowledgement = "before acknowledgement";
    public const string AfterAcknowledgement = "after acknowledgement";
    public const string BeforePlan = "before plan";
    public const string AfterPlan = "after plan";
    public const string BeforeSent = "before sent";
    public const string AfterSent = "after sent";
    public const string AfterMove = "after move";
    public const string BeforeConfirm = "before confirm";
    public const string AfterConfirm = "after confirm";
    public const string BeforeAbsent = "before absent";
    public const string AfterAbsent = "after absent";
    public const string BeforeReconcile = "before reconcile";
    public const string AfterReconcile = "after reconcile";

    /// <summary>Those on the way of money to and from the wallet.</summary>
    public static readonly IReadOnlyList<string> OfTransfers =
        [BeforePlan, AfterPlan, BeforeSent, AfterSent, AfterMove, BeforeConfirm, AfterConfirm, BeforeAbsent, AfterAbsent, BeforeReconcile, AfterReconcile];

    /// <summary>Those on the way from a counter to a charge.</summary>
    public static readonly IReadOnlyList<string> OfBilling = [BeforeCharge, AfterCharge, BeforeAcknowledgement, AfterAcknowledgement];
}
