using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Output;
using CreditCtl.Statements;
using CreditManager.Contracts;

namespace CreditCtl.Commands;

/// <summary><c>tariff list</c> and <c>tariff set</c>.</summary>
internal static class TariffCommands
{
    public static Command List(Terminal terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "One price list with all its versions; without it, all that are in force.", Arity = ArgumentArity.ZeroOrOne };
        return Query.Build(
            terminal,
            "list",
            "The price lists.",
            [name],
            async (api, parsed, cancellationToken) =>
            {
                if (parsed.GetValue(name) is not { } one)
                {
                    return await api.ListTariffsAsync(cancellationToken);
                }

                return await api.ListTariffVersionsAsync(one, cancellationToken) is { Count: > 0 } versions
                    ? versions
                    : throw new CtlException($"there is no tariff \"{one}\".");
            },
            Print);
    }

    public static Command Set(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The price list; made where there is none." };
        var cpu = new Option<long>("--vcore-seconds-per-grc") { Description = "How many vcore-seconds 1 GRC buys.", HelpName = "COUNT", Required = true };
        var memory = new Option<long?>("--gib-seconds-per-grc") { Description = "How many GiB-seconds of memory 1 GRC buys. Default: memory costs nothing.", HelpName = "COUNT" };
        var refunds = new Option<bool>("--refund-platform-faults") { Description = "Pay attempts back that the platform itself aborted. Default: what was used is billed." };
        var from = new Option<string?>("--from") { Description = "From when on, such as 2026-01-31 or 2026-01-31T12:00:00Z (UTC). Default: at once. Usage before keeps its price.", HelpName = "TIME" };
        return Query.Build(
            terminal,
            "set",
            "Sets a whole price list, from now on or from a time to come; what is left out is as its default says.",
            [name, cpu, memory, refunds, from],
            (api, parsed, cancellationToken) => api.SetTariffAsync(
                parsed.GetValue(name)!,
                new TariffSettings(
                    parsed.GetValue(cpu), parsed.GetValue(memory), parsed.GetValue(refunds), PeriodText.Read(parsed.GetValue(from), null).From),
                cancellationToken),
            (screen, tariff) => Print(screen, [tariff]));
    }

    private static void Print(Screen screen, IReadOnlyList<Tariff> tariffs) => screen.Table(
        ["tariff", "version>", "valid from", "vcore-seconds per GRC>", "GiB-seconds per GRC>", "platform faults"],
        tariffs.Select(t => new[]
        {
            t.Name,
            Figures.Count(t.Version),
            Figures.Time(t.ValidFrom),
            Figures.Count(t.VcoreSecondsPerGrc),
            t.GibSecondsPerGrc is { } memory ? Figures.Count(memory) : "free",
            t.RefundsPlatformFaults ? "paid back" : "billed",
        }));
}
