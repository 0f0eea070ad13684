using CreditCtl.Output;
using CreditManager.Core.Money;
using CreditManager.Core.Replay;

namespace CreditCtl.Replays;

/// <summary>A replay for people: what was, what would have been, and the difference.</summary>
internal sealed class ReplayPrinter(Screen screen)
{
    public void Print(ReplayResult result, ReplayTerms terms)
    {
        screen.Title(result is { From: { } from, To: { } to }
            ? $"Replay of {Figures.Time(from)} to {Figures.Time(to)}: {Describe(terms)}"
            : "The ledger has no entries; there is nothing to replay.");
        screen.Table(Headers(terms), result.Users.SelectMany(u => Rows(u, terms)).Concat(Sums(result, terms)));
        if (result.Users.Sum(u => u.UnpricedMemory) is > 0 and var unpriced)
        {
            screen.Warning($"{Figures.Count(unpriced)} charges say nothing of memory, because it cost nothing then; their memory is not priced here.");
        }

        screen.Line("Read it so: usage and coins are as they were; prices are computed anew; a user at the debt limit uses nothing until coins come.");
    }

    private static string Describe(ReplayTerms terms)
    {
        string[] words =
        [
            terms.Tariff is { } t ? Describe(t) : "the recorded prices",
            .. terms.MaxDebt is { } debt ? [$"debt limit {debt} GRC"] : Array.Empty<string>(),
            .. terms.Block is { } block ? [$"settlements of {block} GRC"] : Array.Empty<string>(),
        ];
        return string.Join(", ", words);
    }

    private static string Describe(ReplayTariff tariff) =>
        $"{tariff.VcoreSecondsPerGrc} vcore-seconds per GRC"
        + (tariff.GibSecondsPerGrc is { } memory ? $", {memory} GiB-seconds per GRC" : "")
        + (tariff.RefundsPlatformFaults ? ", platform faults refunded" : "");

    private static string[] Headers(ReplayTerms terms) =>
    [
        "user", "", "charged>", "refunded>", "closing balance>", "lowest balance>",
        .. terms.MaxDebt is null ? Array.Empty<string>() : ["not bought (vcore-s)>"],
        .. terms.Block is null ? Array.Empty<string>() : ["settlements>"],
        "in debt",
        .. terms.MaxDebt is null ? Array.Empty<string>() : ["at the debt limit"],
    ];

    private static IEnumerable<string[]> Rows(ReplayedUser user, ReplayTerms terms) =>
    [
        Row(user.User, "recorded", user.Recorded, 0, terms),
        Row("", "replayed", user.Replayed, user.LostMicroseconds, terms),
    ];

    private static string[] Row(string user, string name, AccountFigures figures, long lost, ReplayTerms terms) =>
    [
        user,
        name,
        figures.Charged.ToWalletText(),
        figures.Refunded.ToWalletText(),
        figures.Closing.ToWalletText(),
        figures.Lowest.ToWalletText(),
        .. terms.MaxDebt is null ? Array.Empty<string>() : [lost == 0 ? "" : Figures.VcoreSeconds(lost)],
        .. terms.Block is null ? Array.Empty<string>() : [Figures.Count(figures.Settlements)],
        Since(figures.InDebt, figures.InDebtSince),
        .. terms.MaxDebt is null ? Array.Empty<string>() : [Since(figures.Exhausted, figures.ExhaustedSince)],
    ];

    private static IEnumerable<string[]> Sums(ReplayResult result, ReplayTerms terms)
    {
        var (charged, refunded) = (result.Charged, result.Refunded);
        yield return Sum("all", "recorded", charged.Recorded.ToWalletText(), refunded.Recorded.ToWalletText(), "", terms);
        yield return Sum(
            "", "replayed", charged.Replayed.ToWalletText(), refunded.Replayed.ToWalletText(), result.LostMicroseconds == 0 ? "" : Figures.VcoreSeconds(result.LostMicroseconds), terms);
        yield return Sum("", "difference", Signed(charged.Replayed - charged.Recorded), Signed(refunded.Replayed - refunded.Recorded), "", terms);
    }

    private static string[] Sum(string user, string name, string charged, string refunded, string lost, ReplayTerms terms) =>
    [
        user,
        name,
        charged,
        refunded,
        "",
        "",
        .. terms.MaxDebt is null ? Array.Empty<string>() : [lost],
        .. terms.Block is null ? Array.Empty<string>() : [""],
        "",
        .. terms.MaxDebt is null ? Array.Empty<string>() : [""],
    ];

    private static string Signed(GrcAmount amount) => (amount > GrcAmount.Zero ? "+" : "") + amount.ToWalletText();

    private static string Since(TimeSpan time, DateTimeOffset? since) => since is { } at ? $"{Figures.Duration(time)}, first {Figures.Time(at)}" : "";
}
