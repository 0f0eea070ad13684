using CreditManager.Contracts;
using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Receipts;
using CreditManager.Storage;
using Microsoft.AspNetCore.Mvc;

namespace CreditManager.Api;

/// <summary>Tariffs, ledger and status.</summary>
internal static class MoneyEndpoints
{
    public static void MapMoney(this WebApplication app)
    {
        app.MapGet("/tariffs", (TariffBook tariffs) => tariffs.List());
        app.MapGet("/tariffs/{name}/versions", (string name, TariffBook tariffs) => tariffs.Versions(name));
        app.MapPut("/tariffs/{name}", SaveTariff);
        app.MapGet("/ledger", ListLedger);
        app.MapGet("/ledger/export", ExportAsync);
        app.MapGet("/status", Status);
    }

    private static IResult SaveTariff(string name, [FromBody] TariffSettings settings, TariffBook tariffs)
    {
        if (TariffBook.Validate(name, settings) is { Count: > 0 } errors)
        {
            return Refusals.BadRequest(errors);
        }

        var (tariff, fault) = tariffs.Save(name, settings);
        return fault is null ? Results.Ok(tariff) : Refusals.BadRequest([fault]);
    }

    private static IResult ListLedger(CreditDatabase database, long after = 0, int limit = 1000) =>
        Paging.FindFaults(after, limit) is { Count: > 0 } errors
            ? Refusals.BadRequest(errors)
            : Results.Ok(database.Read(db => db.ListLedger(after, limit)).Select(e => e.View()).ToList());

    private static Task ExportAsync(HttpContext context, LedgerExport export)
    {
        context.Response.ContentType = LedgerExport.ContentType;
        return export.WriteAsync(context.Response.BodyWriter, context.RequestAborted);
    }

    private static CreditStatus Status(CreditDatabase database, CreditOptions options, CreditHealth health, Alarms alarms)
    {
        var (provider, open, holds) = database.Read(db => (
            db.WalletOf(options.Provider), db.ListOpenTransfers().Count(t => t.Purpose == TransferPurpose.Settlement), db.ListHolds()));
        var (cycle, wallet) = (health.Cycle, health.Wallet);
        return new CreditStatus(
            wallet.Reachable, wallet.Error, provider.Halfords, cycle.At, open, cycle.UnreachableScalers, alarms.All,
            [.. holds.Select(h => new DriftHold(h.Account, h.Difference.Halfords, h.Since))]);
    }
}
