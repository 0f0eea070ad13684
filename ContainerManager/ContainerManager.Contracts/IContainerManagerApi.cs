using ServiceDefaults.Client;

namespace ContainerManager.Contracts;

/// <summary>
/// Functions, their tasks and containers. Every method may throw <see cref="ApiException"/>; its message names what was
/// wrong and what is allowed.
/// </summary>
public interface IContainerManagerApi
{
    /// <summary><c>GET /functions</c>.</summary>
    Task<IReadOnlyList<FunctionStatus>> ListFunctionsAsync(CancellationToken cancellationToken = default);

    /// <summary><c>GET /functions/{function}</c>: the same as the bucket's <c>status.json</c>; null where there is none.</summary>
    Task<FunctionStatus?> FindFunctionAsync(string function, CancellationToken cancellationToken = default);

    /// <summary><c>PUT /functions/{function}</c>: registers a function, or changes its registration; makes the bucket where it is missing.</summary>
    /// <param name="function">1 to 63 of <c>a-z 0-9 -</c>, starting with a letter or digit.</param>
    /// <param name="registration">Owner, bucket and ceilings.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<FunctionStatus> RegisterFunctionAsync(string function, FunctionRegistration registration, CancellationToken cancellationToken = default);

    /// <summary><c>DELETE /functions/{function}</c>: stops its container, returns its running tasks, forgets it. The bucket stays.</summary>
    Task RemoveFunctionAsync(string function, CancellationToken cancellationToken = default);

    /// <summary><c>POST /functions/{function}/stop</c>: stops its container now; running tasks go back to <c>input/</c> without counting an attempt.</summary>
    Task<FunctionStatus> StopContainerAsync(string function, CancellationToken cancellationToken = default);

    /// <summary><c>GET /functions/{function}/tasks?limit=N</c>: the newest N tasks, oldest of them first, with their attempts.</summary>
    Task<IReadOnlyList<TaskView>> ListTasksAsync(string function, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary><c>GET /containers</c>: the containers that are not stopped.</summary>
    Task<IReadOnlyList<ContainerView>> ListContainersAsync(CancellationToken cancellationToken = default);
}
