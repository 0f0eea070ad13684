using ContainerManager.Contracts;
using ContainerManager.Dispatching;
using ContainerManager.Functions;
using ContainerManager.Persistence;

namespace ContainerManager;

/// <summary>The routes of <see cref="IContainerManagerApi"/>.</summary>
internal static class ContainerManagerEndpoints
{
    private const int MostTasks = 10_000;

    public static void MapContainerManager(this WebApplication app)
    {
        app.MapGet("/functions", (FunctionDirectory functions, StatusComposer composer) => functions.All.Select(composer.Compose));
        app.MapGet("/containers", (FunctionDirectory functions) =>
            functions.All.Select(f => f.Container?.View()).OfType<ContainerView>());

        var function = app.MapGroup("/functions/{name}");
        function.MapGet("", (string name, FunctionDirectory functions, StatusComposer composer) =>
            functions.Find(name) is { } found ? Results.Ok(composer.Compose(found)) : NotFound(name));
        function.MapPut("", RegisterAsync);
        function.MapDelete("", RemoveAsync);
        function.MapPost("/stop", StopAsync);
        function.MapGet("/tasks", ListTasks);
    }

    private static async Task<IResult> RegisterAsync(
        string name, FunctionRegistration registration, FunctionRegistry registry, FunctionDirectory functions, StatusComposer composer, CancellationToken cancellationToken)
    {
        var refusal = await registry.RegisterAsync(name, registration, cancellationToken);
        return refusal is not null ? Refuse(refusal) : Results.Ok(composer.Compose(functions.Find(name)!));
    }

    private static async Task<IResult> RemoveAsync(string name, FunctionRegistry registry, FunctionDirectory functions, CancellationToken cancellationToken)
    {
        if (functions.Find(name) is null)
        {
            return NotFound(name);
        }

        var refusal = await registry.RemoveAsync(name, cancellationToken);
        return refusal is not null ? Refuse(refusal) : Results.NoContent();
    }

    private static async Task<IResult> StopAsync(
        string name, FunctionDirectory functions, FunctionSupervisor supervisor, StatusComposer composer, CancellationToken cancellationToken)
    {
        if (functions.Find(name) is not { } function)
        {
            return NotFound(name);
        }

        return await supervisor.TryStopContainerAsync(function, cancellationToken)
            ? Results.Ok(composer.Compose(function))
            : Refuse(FunctionRegistry.StillStopping(name));
    }

    private static IResult ListTasks(string name, FunctionDirectory functions, TaskTable tasks, int limit = 1000)
    {
        if (functions.Find(name) is not { } function)
        {
            return NotFound(name);
        }

        if (limit is < 1 or > MostTasks)
        {
            return Refuse(new Refusal(StatusCodes.Status400BadRequest, $"limit: {limit} is not allowed; allowed: 1 to {MostTasks}."));
        }

        var attempts = tasks.ListAttempts(name, limit);
        var tried = tasks.ListNewest(name, limit);
        var known = tried.Select(t => t.TaskId).ToHashSet(StringComparer.Ordinal);
        var waiting = function.Queue.Snapshot().Where(t => !known.Contains(t.TaskId))
            .Select(t => new TaskView(t.TaskId, t.Name, TaskPhase.Pending, t.SeenAt, []));
        return Results.Ok(tried.Select(t => AttemptRows.View(t, attempts[t.TaskId])).Concat(waiting).TakeLast(limit));
    }

    private static IResult NotFound(string name) =>
        Refuse(new Refusal(StatusCodes.Status404NotFound, $"There is no function \"{name}\"; GET /functions lists those there are."));

    private static IResult Refuse(Refusal refusal) => Results.Problem(refusal.Detail, statusCode: refusal.Status);
}
