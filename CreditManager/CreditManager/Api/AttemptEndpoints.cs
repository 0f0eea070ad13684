using CreditManager.Attempts;
using CreditManager.Contracts;
using CreditManager.Receipts;
using Microsoft.AspNetCore.Mvc;

namespace CreditManager.Api;

/// <summary>Attempts, and the key that their receipts are signed with.</summary>
internal static class AttemptEndpoints
{
    private const int MostReports = 1000;

    public static void MapAttempts(this WebApplication app)
    {
        app.MapPost("/attempts", Report);
        app.MapGet("/key", (ProviderSigner signer) => signer.Key);
    }

    private static IResult Report([FromBody] IReadOnlyList<AttemptReport?> reports, AttemptIntake intake)
    {
        string[] errors =
        [
            .. Refusals.Require(reports.Count <= MostReports, $"{reports.Count} attempts are not allowed; allowed: at most {MostReports}."),
            .. Refusals.Require(!reports.Contains(null), "null is no attempt; allowed: objects."),
        ];
        return errors.Length > 0 ? Refusals.BadRequest(errors) : Results.Ok(intake.Take([.. reports.Select(r => r!)]));
    }
}
