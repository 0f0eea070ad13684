using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Output;
using CreditManager.Contracts;
using CreditManager.Core.Money;

namespace CreditCtl.Commands;

/// <summary><c>drift accept</c> and <c>key</c>.</summary>
internal static class OperatorCommands
{
    public static Command AcceptDrift(Terminal terminal)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "The wallet account that \"creditctl status\" shows as held." };
        var difference = new Option<string>("--difference") { Description = "The difference that was looked into, as status shows it: --difference=-0.5.", HelpName = "GRC", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why it is as it is, for the ledger: 1 to 200 characters.", HelpName = "TEXT", Required = true };
        return Query.Build(
            terminal,
            "accept",
            "Takes the wallet's figure for an account that is held, and lets settlement go on.",
            [account, difference, reason],
            async (api, parsed, cancellationToken) =>
            {
                var amount = AmountText.Read("--difference", parsed.GetValue(difference), a => a != GrcAmount.Zero, "not 0")!.Value;
                var acceptance = new DriftAcceptance(amount.Halfords, parsed.GetValue(reason)!);
                await api.AcceptDriftAsync(parsed.GetValue(account)!, acceptance, cancellationToken);
                return acceptance;
            },
            (screen, accepted) => screen.Line($"Booked {Figures.Grc(accepted.DifferenceHalfords)} as an adjustment; settlement goes on."));
    }

    public static Command Key(Terminal terminal) => Query.Build(
        terminal,
        "key",
        "The provider's public key in PEM, which receipts and exports are signed with; keep it for --key.",
        [],
        (api, _, cancellationToken) => api.GetKeyAsync(cancellationToken),
        (_, key) => terminal.Out.WriteLine(key.Pem.TrimEnd()));
}
