namespace CreditManager.Health;

/// <summary>The names: before and after each durable write and each call of another service.</summary>
internal static class KillPoint
{
    public const string BeforeReading = "before reading";
    public const string AfterReading = "after reading";
    public const string BeforeCharge = "before charge";
    public const string AfterCharge = "after charge";
    public const string BeforeFreezeClock = "before freeze clock";
    public const string AfterFreezeClock = "after freeze clock";
    public const string BeforeEnforcement = "before enforcement";
    public const string AfterEnforcement = "after enforcement";
    public const string BeforeAcknowledgement = "before acknowledgement";
    public const string AfterAcknowledgement = "after acknowledgement";
    public const string BeforeLookup = "before lookup";
    public const string AfterLookup = "after lookup";
    public const string BeforeAccounts = "before accounts";
    public const string AfterAccounts = "after accounts";
    public const string BeforeHistory = "before history";
    public const string AfterHistory = "after history";
    public const string BeforeReconcile = "before reconcile";
    public const string AfterReconcile = "after reconcile";
    public const string BeforeHold = "before hold";
    public const string AfterHold = "after hold";
    public const string BeforeRelease = "before release";
    public const string AfterRelease = "after release";
    public const string BeforeAcceptance = "before acceptance";
    public const string AfterAcceptance = "after acceptance";
    public const string BeforePlan = "before plan";
    public const string AfterPlan = "after plan";
    public const string BeforeSent = "before sent";
    public const string AfterSent = "after sent";
    public const string BeforeMove = "before move";
    public const string AfterMove = "after move";
    public const string BeforeConfirm = "before confirm";
    public const string AfterConfirm = "after confirm";
    public const string BeforeAbsent = "before absent";
    public const string AfterAbsent = "after absent";
    public const string BeforeCheck = "before check";
    public const string AfterCheck = "after check";
    public const string BeforeClaim = "before claim";
    public const string AfterClaim = "after claim";
    public const string BeforeIncoming = "before incoming";
    public const string AfterIncoming = "after incoming";
    public const string BeforeAddressCall = "before address call";
    public const string AfterAddressCall = "after address call";
    public const string BeforeAddress = "before address";
    public const string AfterAddress = "after address";

    public const string BeforeAttempts = "before attempts";
    public const string AfterAttempts = "after attempts";
    public const string BeforeAlerts = "before alerts";
    public const string AfterAlerts = "after alerts";
    public const string BeforeWebhook = "before webhook";
    public const string AfterWebhook = "after webhook";
    public const string AfterWebhookNoted = "after webhook noted";

    /// <summary>Those on the way from a counter to a charge, and of what follows for containers.</summary>
    public static readonly IReadOnlyList<string> OfBilling =
    [
        BeforeReading, AfterReading, BeforeCharge, AfterCharge, BeforeFreezeClock, AfterFreezeClock,
        BeforeEnforcement, AfterEnforcement, BeforeAcknowledgement, AfterAcknowledgement,
    ];

    /// <summary>Those of a transfer.</summary>
    public static readonly IReadOnlyList<string> OfTransfers =
    [
        BeforePlan, AfterPlan, BeforeSent, AfterSent, BeforeMove, AfterMove, BeforeConfirm, AfterConfirm,
        BeforeLookup, AfterLookup, BeforeAbsent, AfterAbsent,
    ];

    /// <summary>Those of a cycle that deals with the wallet.</summary>
    public static readonly IReadOnlyList<string> OfWallet =
    [
        .. OfTransfers, BeforeAccounts, AfterAccounts, BeforeHistory, AfterHistory, BeforeReconcile, AfterReconcile, BeforeHold, AfterHold,
        BeforeRelease, AfterRelease, BeforeIncoming, AfterIncoming, BeforeAddressCall, AfterAddressCall, BeforeAddress, AfterAddress,
    ];

    /// <summary>Those of a top-up receipt.</summary>
    public static readonly IReadOnlyList<string> OfClaims = [BeforeCheck, AfterCheck, BeforeClaim, AfterClaim, .. OfTransfers];

    /// <summary>Those of a person's decision about a difference.</summary>
    public static readonly IReadOnlyList<string> OfAcceptance = [BeforeAccounts, AfterAccounts, BeforeHistory, AfterHistory, BeforeAcceptance, AfterAcceptance];

    /// <summary>Those on the way from a report of an attempt to its receipt.</summary>
    public static readonly IReadOnlyList<string> OfAttempts = [BeforeAttempts, AfterAttempts];

    /// <summary>Those on the way from a balance to whom it concerns.</summary>
    public static readonly IReadOnlyList<string> OfAlerts = [BeforeAlerts, AfterAlerts, BeforeWebhook, AfterWebhook, AfterWebhookNoted];

    /// <summary>All.</summary>
    public static readonly IReadOnlyList<string> All = [.. OfBilling.Concat(OfAttempts).Concat(OfAlerts).Concat(OfWallet).Concat(OfClaims).Concat(OfAcceptance).Distinct()];
}
