using CreditManager.Contracts;
using CreditManager.Deposits;
using CreditManager.Settlement;
using CreditManager.Storage;
using CreditManager.Wallets;
using Microsoft.AspNetCore.Mvc;

namespace CreditManager.Api;

/// <summary>Deposits on their way, and differences between wallet and ledger.</summary>
internal static class WalletEndpoints
{
    public static void MapWallet(this WebApplication app)
    {
        app.MapGet("/users/{user}/deposits", (string user, CreditDatabase database, DepositBoard deposits) =>
            database.Read(db => db.FindUser(user)) is null ? Refusals.NoSuchUser(user) : Results.Ok(deposits.List(user)));
        app.MapPost("/drift/{account}", AcceptAsync);
    }

    private static async Task<IResult> AcceptAsync(
        string account, [FromBody] DriftAcceptance acceptance, DriftDesk desk, CancellationToken cancellationToken)
    {
        if (DriftDesk.Validate(acceptance).ToList() is { Count: > 0 } errors)
        {
            return Refusals.BadRequest(errors);
        }

        if (!desk.Knows(account))
        {
            return Results.Problem(
                $"There is no wallet account \"{account}\"; allowed: a user's or the provider's.", statusCode: StatusCodes.Status404NotFound, title: "No such account");
        }

        try
        {
            return await desk.AcceptAsync(account, acceptance, cancellationToken) is { } refusal
                ? Results.Problem(refusal, statusCode: StatusCodes.Status409Conflict, title: "Not accepted")
                : Results.NoContent();
        }
        catch (WalletException e)
        {
            return Results.Problem(
                $"The wallet does not answer at present; ask again. ({e.Message})", statusCode: StatusCodes.Status503ServiceUnavailable, title: "No wallet");
        }
    }
}
