using GridcoinDevnet.Testing;

namespace CreditManager.Tests;

/// <summary>What can go wrong with one call of a real wallet, by name.</summary>
internal static class WalletFaults
{
    /// <summary>The caller's patience; a late answer comes after it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(150);

    private static readonly Dictionary<string, Fault> Faults = new(StringComparer.Ordinal)
    {
        ["works"] = new Fault("move"),
        ["applies and drops the answer"] = new Fault("move", FaultyAnswerKind.Drop),
        ["drops the call"] = new Fault("move", FaultyAnswerKind.Drop, Apply: false),
        ["applies and answers late"] = new Fault("move", DelayMilliseconds: 400),
        ["applies late"] = new Fault("move", DelayMilliseconds: 400, DelayBeforeApply: true),
        ["answers twice"] = new Fault("move", FaultyAnswerKind.TwoAnswers),
        ["answers twice in one body"] = new Fault("move", FaultyAnswerKind.Twice),
        ["applies and answers garbage"] = new Fault("move", FaultyAnswerKind.Garbage),
        ["answers garbage"] = new Fault("move", FaultyAnswerKind.Garbage, Apply: false),
        ["refuses"] = new Fault("move", FaultyAnswerKind.Error, Apply: false),
        ["applies and says that it refused"] = new Fault("move", FaultyAnswerKind.Error),
        ["restarts before applying"] = new Fault("move", FaultyAnswerKind.Hang, Apply: false),
        ["restarts after applying"] = new Fault("move", FaultyAnswerKind.Hang),
        ["breaks off in the middle of a body"] = new Fault("move", FaultyAnswerKind.Truncated),
        ["401"] = new Fault("move", FaultyAnswerKind.Status, Apply: false, Status: 401),
        ["applies and answers 401"] = new Fault("move", FaultyAnswerKind.Status, Status: 401),
        ["500"] = new Fault("move", FaultyAnswerKind.Status, Apply: false, Status: 500),
        ["applies and answers 500"] = new Fault("move", FaultyAnswerKind.Status, Status: 500),
        ["hangs"] = new Fault("move", FaultyAnswerKind.Hang, Apply: false),
        ["applies and hangs"] = new Fault("move", FaultyAnswerKind.Hang),
    };

    public static IReadOnlyList<string> Names { get; } = [.. Faults.Keys];

    public static bool Restarts(string name) => name.StartsWith("restarts", StringComparison.Ordinal);

    public static Fault Of(string name, string method = "move") => Faults[name] with { Method = method };
}
