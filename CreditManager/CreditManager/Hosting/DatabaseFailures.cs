using CreditManager.Storage;
using Npgsql;

namespace CreditManager.Hosting;

/// <summary>Answers requests that the database server could not take: "not now" and "not this" are told apart from faults of this service.</summary>
internal static class DatabaseFailures
{
    public static void UseDatabaseFailures(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CharacterNotInRepertoire && !context.Response.HasStarted)
        {
            await Results.Problem(
                "A text holds a zero byte; allowed: texts without one.", statusCode: StatusCodes.Status400BadRequest, title: "Bad request")
                .ExecuteAsync(context);
        }
        catch (Exception e) when (IsAway(e) && !context.Response.HasStarted)
        {
            await Results.Problem(
                "The database cannot be reached at present; ask again.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "No database")
                .ExecuteAsync(context);
        }
    });

    private static bool IsAway(Exception failure) => failure is DatabaseLostException or NpgsqlException { IsTransient: true }
        || failure is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown };
}
