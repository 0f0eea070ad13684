using CreditManager.Contracts;
using CreditManager.Core;
using CreditManager.Deposits;
using CreditManager.Standings;
using CreditManager.Storage;
using Microsoft.AspNetCore.Mvc;

namespace CreditManager.Api;

/// <summary>Users, standings, bills and deposits.</summary>
internal static class UserEndpoints
{
    private const int LongestReceipt = 4096;

    public static void MapUsers(this WebApplication app)
    {
        app.MapGet("/users", (UserRegistry users) => users.List());
        app.MapGet("/users/{user}", (string user, UserRegistry users) =>
            users.Find(user) is { } found ? Results.Ok(found) : Refusals.NoSuchUser(user));
        app.MapPut("/users/{user}", Save);
        app.MapGet("/standings", (StandingReader standings) => standings.List());
        app.MapGet("/users/{user}/standing", (string user, StandingReader standings) =>
            standings.Find(user) is { } found ? Results.Ok(found) : Refusals.NoSuchUser(user));
        app.MapGet("/users/{user}/bills", ListBills);
        app.MapPost("/users/{user}/deposits", ClaimAsync);
    }

    private static IResult Save(string user, [FromBody] UserSettings settings, UserRegistry users) =>
        users.Validate(user, settings) is { Count: > 0 } errors ? Refusals.BadRequest(errors) : Results.Ok(users.Save(user, settings));

    private static IResult ListBills(string user, CreditDatabase database) => database.Read(db =>
        db.FindUser(user) is null ? Refusals.NoSuchUser(user) : Results.Ok(db.ListMeters(user).Select(m =>
            new ContainerBill(m.ContainerId, m.User, m.Function, m.Billed.Microseconds, m.Charged.Halfords, m.Final)).ToList()));

    private static async Task<IResult> ClaimAsync(
        string user, [FromBody] DepositClaim claim, UserRegistry users, DepositDesk desk, CancellationToken cancellationToken)
    {
        if (users.Find(user) is null)
        {
            return Refusals.NoSuchUser(user);
        }

        string[] errors =
        [
            .. Refusals.Require(Names.IsClaimId(claim.ClaimId), $"claim_id: \"{claim.ClaimId}\" is not allowed; allowed: {Names.AllowedClaimId}."),
            .. Refusals.Require(claim.Text.Length <= LongestReceipt, $"text: has {claim.Text.Length} characters; allowed: at most {LongestReceipt}."),
            .. Refusals.Require(!claim.Text.Contains('\0', StringComparison.Ordinal), "text: holds a zero byte; allowed: text without one."),
        ];
        return errors.Length > 0 ? Refusals.BadRequest(errors) : Results.Ok(await desk.ClaimAsync(user, claim, cancellationToken));
    }
}
