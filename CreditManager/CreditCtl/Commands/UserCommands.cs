using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Output;
using CreditManager.Contracts;

namespace CreditCtl.Commands;

/// <summary>Commands about users: <c>users</c>, <c>topup-address</c>, <c>deposits</c>.</summary>
internal static class UserCommands
{
    public static Command Users(Terminal terminal) => Query.Build(
        terminal,
        "users",
        "Everybody's balance, standing and runway.",
        [],
        (api, _, cancellationToken) => api.ListStandingsAsync(cancellationToken),
        (screen, standings) =>
        {
            screen.Table(
                ["user", "standing", "balance (GRC)>", "owed>", "per hour>", "lasts>", ""],
                standings.Select(s => new[]
                {
                    s.User,
                    s.Standing.ToString(),
                    Figures.Amount(s.BalanceHalfords),
                    Figures.Amount(s.UnsettledHalfords),
                    s.SpendHalfordsPerHour == 0 ? "" : Figures.Amount(s.SpendHalfordsPerHour),
                    s.RunwaySeconds is { } runway ? Figures.Duration(TimeSpan.FromSeconds(Math.Min(runway, Figures.LongestSeconds))) : "",
                    s.SettlementHold is { } hold ? $"{s.Reason} {hold}" : s.Reason,
                }),
                "There are no users yet.");
        });

    public static Command TopUpAddress(Terminal terminal)
    {
        var user = UserArgument();
        return Query.Build(
            terminal,
            "topup-address",
            "Where to send coins for a user.",
            [user],
            async (api, parsed, cancellationToken) => await FindAsync(api, parsed.GetValue(user)!, cancellationToken) switch
            {
                { DepositAddress: { } address } => address,
                var known => throw new CtlException($"the wallet has not told an address for {known.User} yet; ask again when \"creditctl status\" says that it answers."),
            },
            (screen, address) => screen.Line(address));
    }

    public static Command Deposits(Terminal terminal)
    {
        var user = UserArgument();
        return Query.Build(
            terminal,
            "deposits",
            "A user's top-ups, the newest first; those on their way with confirmations and expected delay.",
            [user],
            (api, parsed, cancellationToken) => api.ListDepositsAsync(parsed.GetValue(user)!, cancellationToken),
            PrintDeposits);
    }

    public static Argument<string> UserArgument() => new("USER") { Description = "The user's name." };

    /// <exception cref="CtlException">There is none.</exception>
    public static async Task<UserAccount> FindAsync(ICreditApi api, string user, CancellationToken cancellationToken) =>
        await api.FindUserAsync(user, cancellationToken) ?? throw new CtlException($"there is no user \"{user}\".");

    private static void PrintDeposits(Screen screen, IReadOnlyList<DepositView> deposits)
    {
        screen.Table(
            ["seen", "GRC>", "state", "confirmations>", "expected", "reference", ""],
            deposits.Select(d => new[]
            {
                Figures.Time(d.SeenAt),
                d.AmountHalfords == 0 ? "?" : Figures.Amount(d.AmountHalfords),
                d.Result.ToString(),
                d.Confirmations is { } depth ? $"{depth} of {d.NeededConfirmations}" : "",
                d.ExpectedSeconds is { } seconds ? $"in about {Figures.Duration(TimeSpan.FromSeconds(seconds))}" : "",
                d.Reference,
                d.Reason,
            }),
            "There are no top-ups yet.");
    }
}
