using CreditManager.Spending;
using CreditManager.Storage;

namespace CreditManager.Api;

/// <summary>Before and while spending: quotes and alerts.</summary>
internal static class SpendingEndpoints
{
    private const int LongestFunction = 256;

    public static void MapSpending(this WebApplication app)
    {
        app.MapGet("/quotes", FindQuote);
        app.MapGet("/alerts", ListAlerts);
    }

    private static IResult FindQuote(string? user, string? function, QuoteDesk quotes)
    {
        string[] errors =
        [
            .. Refusals.Require(!string.IsNullOrEmpty(user), "user: missing; allowed: /quotes?user=NAME&function=NAME."),
            .. Refusals.Require(
                function is { Length: >= 1 and <= LongestFunction },
                $"function: missing or too long; allowed: 1 to {LongestFunction} characters, as in /quotes?user=NAME&function=NAME."),
        ];
        return errors.Length > 0 ? Refusals.BadRequest(errors)
            : quotes.Find(user!, function!) is { } quote ? Results.Ok(quote)
            : Refusals.NoSuchUser(user!);
    }

    private static IResult ListAlerts(CreditDatabase database, long after = 0, int limit = 1000) =>
        Paging.FindFaults(after, limit) is { Count: > 0 } errors
            ? Refusals.BadRequest(errors)
            : Results.Ok(database.Read(db => db.ListAlerts(after, limit)));
}
