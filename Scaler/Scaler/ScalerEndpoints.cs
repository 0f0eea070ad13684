using System.Globalization;
using Scaler.Contracts;
using Scaler.History;
using Scaler.Node;

namespace Scaler;

/// <summary>The routes of <see cref="IScalerApi"/>.</summary>
internal static class ScalerEndpoints
{
    public static void MapScaler(this WebApplication app)
    {
        app.MapGet("/node", (ContainerViews views) => views.Node());
        app.MapGet("/usage", (UsageReporter usage, CancellationToken token) => usage.ReadAsync(token));
        app.MapPost("/usage/acknowledgements", AcknowledgeAsync);
        app.MapGet("/containers", (ContainerViews views, CancellationToken token) => views.ListAsync(token));

        var container = app.MapGroup("/containers/{id}");
        container.MapGet("", (string id, ContainerOperations containers, CancellationToken token) => AnswerAsync(containers.ShowAsync(id, token)));
        container.MapPut("", (string id, ContainerRegistration registration, ContainerRegistrar registrar, CancellationToken token) =>
            AnswerAsync(registrar.RegisterAsync(id, registration, token)));
        container.MapDelete("", (string id, ContainerOperations containers) => AnswerAsync(containers.CloseAsync(id, CancellationToken.None)));
        container.MapPut("/limits", (string id, ContainerLimits limits, ContainerOperations containers, CancellationToken token) =>
            AnswerAsync(containers.SetLimitsAsync(id, limits, token)));
        container.MapPut("/guard", (string id, GuardChange guard, ContainerOperations containers, CancellationToken token) =>
            AnswerAsync(containers.SetGuardAsync(id, guard.Guarded, token)));
        container.MapPut("/policy", (string id, PolicyChoice choice, ContainerOperations containers, CancellationToken token) =>
            AnswerAsync(containers.SetPolicyAsync(id, choice.Policy, token)));
        container.MapPut("/restriction", (string id, Restriction restriction, ContainerOperations containers, CancellationToken token) =>
            AnswerAsync(containers.RestrictAsync(id, restriction.Shares, token)));
        container.MapDelete("/restriction", (string id, ContainerOperations containers, CancellationToken token) =>
            AnswerAsync(containers.LiftRestrictionAsync(id, token)));
        container.MapPut("/freeze", (string id, ContainerOperations containers, CancellationToken token) =>
            AnswerAsync(containers.SetFrozenAsync(id, true, token)));
        container.MapDelete("/freeze", (string id, ContainerOperations containers, CancellationToken token) =>
            AnswerAsync(containers.SetFrozenAsync(id, false, token)));
        container.MapGet("/decisions", (string id, string? since, HistoryViews history, CancellationToken token) => DecisionsAsync(id, since, history, token));
        container.MapGet("/series", (string id, HttpRequest request, HistoryViews history, CancellationToken token) =>
            SeriesAsync(id, WantsCsv(request), history, token));
        container.MapGet("/series.csv", (string id, HistoryViews history, CancellationToken token) => SeriesAsync(id, true, history, token));
        container.MapGet("/slots/{slot:int}", (string id, int slot, ContainerOperations containers, CancellationToken token) =>
            AnswerAsync(containers.ShowSlotAsync(id, slot, token)));
        container.MapPost("/slots/{slot:int}/kill", (string id, int slot, ContainerOperations containers) =>
            AnswerAsync(containers.KillSlotAsync(id, slot, CancellationToken.None)));
    }

    private static async Task<IResult> AcknowledgeAsync(UsageAcknowledgement acknowledgement, UsageReporter usage, CancellationToken token)
    {
        try
        {
            return await usage.AcknowledgeAsync(acknowledgement, token) is { } refusal ? Refuse(refusal) : Results.NoContent();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(NotKept(e));
        }
    }

    private static async Task<IResult> DecisionsAsync(string id, string? since, HistoryViews history, CancellationToken token)
    {
        DateTimeOffset? moment = null;
        if (since is not null)
        {
            if (!DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            {
                return Refuse(Refusal.Invalid(["since: not a time; allowed: a moment such as 2026-01-31T12:00:00Z."]));
            }

            moment = parsed;
        }

        return Answer(await history.DecisionsAsync(id, moment, token), Results.Ok);
    }

    private static async Task<IResult> SeriesAsync(string id, bool asCsv, HistoryViews history, CancellationToken token) => Answer(
        await history.SeriesAsync(id, token),
        points => asCsv ? Results.Text(SeriesCsv.Write(points), SeriesCsv.ContentType) : Results.Ok(points));

    private static bool WantsCsv(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(SeriesCsv.ContentType, StringComparison.OrdinalIgnoreCase));

    private static IResult Answer<T>(Outcome<T> outcome, Func<T, IResult> show)
        where T : class => outcome.Refusal is { } refusal ? Refuse(refusal) : show(outcome.Value!);

    private static async Task<IResult> AnswerAsync<T>(Task<Outcome<T>> work)
        where T : class
    {
        try
        {
            return Answer(await work, Results.Ok);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return Refuse(NotKept(e));
        }
    }

    /// <summary>A full disk, or a kernel that does not take a limit; asking again is safe, since every request says how things shall be.</summary>
    private static Refusal NotKept(Exception error) => Refusal.NotNow($"{error.Message} Ask again when that is mended.");

    private static IResult Refuse(Refusal refusal) => Results.Problem(refusal.Detail, statusCode: refusal.Status);
}
