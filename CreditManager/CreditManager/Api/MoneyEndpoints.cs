using CreditManager.Contracts;
using CreditManager.Core;
using CreditManager.Core.Ledger;
using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;
using Microsoft.AspNetCore.Mvc;

namespace CreditManager.Api;

/// <summary>Tariffs, ledger and status.</summary>
internal static class MoneyEndpoints
{
    private const int LargestPage = 10_000;

    public static void MapMoney(this WebApplication app)
    {
        app.MapGet("/tariffs", (CreditDatabase database) => database.Read(db => db.ListTariffs()));
        app.MapPut("/tariffs/{name}", SaveTariff);
        app.MapGet("/ledger", ListLedger);
        app.MapGet("/status", Status);
    }

    private static IResult SaveTariff(string name, [FromBody] TariffSettings settings, CreditDatabase database, TimeProvider time)
    {
        string[] errors =
        [
            .. Refusals.Require(Names.IsName(name), $"tariff: \"{name}\" is not allowed; allowed: {Names.Allowed}."),
            .. Refusals.Require(
                TariffLimits.Allows(settings.VcoreSecondsPerGrc),
                $"vcore_seconds_per_grc: {settings.VcoreSecondsPerGrc} is not allowed; allowed: {TariffLimits.Allowed}."),
        ];
        return errors.Length > 0
            ? Refusals.BadRequest(errors)
            : Results.Ok(database.Write(db => db.SaveTariff(name, settings.VcoreSecondsPerGrc, time.GetUtcNow())));
    }

    private static IResult ListLedger(CreditDatabase database, long after = 0, int limit = 1000)
    {
        string[] errors =
        [
            .. Refusals.Require(after >= 0, $"after: {after} is not allowed; allowed: at least 0."),
            .. Refusals.Require(limit is >= 1 and <= LargestPage, $"limit: {limit} is not allowed; allowed: 1 to {LargestPage}."),
        ];
        return errors.Length > 0
            ? Refusals.BadRequest(errors)
            : Results.Ok(database.Read(db => db.ListLedger(after, limit)).Select(View).ToList());
    }

    private static LedgerEntryView View(LedgerEntry entry) => new(
        entry.Sequence,
        entry.At,
        entry.Draft.Kind,
        entry.Draft.Debit,
        entry.Draft.Credit,
        entry.Draft.Amount.Halfords,
        entry.Draft.Details,
        entry.PreviousHash,
        entry.Hash);

    private static CreditStatus Status(CreditDatabase database, CreditOptions options, CreditHealth health, Alarms alarms)
    {
        var (provider, open) = database.Read(db => (
            db.WalletOf(options.Provider), db.ListOpenTransfers().Count(t => t.Purpose == TransferPurpose.Settlement)));
        var (cycle, wallet) = (health.Cycle, health.Wallet);
        return new CreditStatus(
            wallet.Reachable, wallet.Error, provider.Halfords, cycle.At, open, cycle.UnreachableScalers, alarms.All);
    }
}
