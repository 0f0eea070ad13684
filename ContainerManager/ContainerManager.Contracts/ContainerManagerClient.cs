using System.Globalization;
using ServiceDefaults.Client;

namespace ContainerManager.Contracts;

/// <summary><see cref="IContainerManagerApi"/> over HTTP.</summary>
/// <param name="http">See <see cref="ServiceConnection.Open"/>.</param>
public sealed class ContainerManagerClient(HttpClient http) : ApiClient(http), IContainerManagerApi
{
    public Task<IReadOnlyList<FunctionStatus>> ListFunctionsAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<FunctionStatus>>("functions", cancellationToken);

    public Task<FunctionStatus?> FindFunctionAsync(string function, CancellationToken cancellationToken = default) =>
        FindAsync<FunctionStatus>(Function(function), cancellationToken);

    public Task<FunctionStatus> RegisterFunctionAsync(string function, FunctionRegistration registration, CancellationToken cancellationToken = default) =>
        SendAsync<FunctionStatus>(HttpMethod.Put, Function(function), registration, cancellationToken);

    public Task RemoveFunctionAsync(string function, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, Function(function), null, cancellationToken);

    public Task<FunctionStatus> StopContainerAsync(string function, CancellationToken cancellationToken = default) =>
        SendAsync<FunctionStatus>(HttpMethod.Post, Function(function) + "/stop", null, cancellationToken);

    public Task<IReadOnlyList<TaskView>> ListTasksAsync(string function, int limit = 1000, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<TaskView>>(
            Function(function) + "/tasks?limit=" + limit.ToString(CultureInfo.InvariantCulture), cancellationToken);

    public Task<IReadOnlyList<ContainerView>> ListContainersAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<ContainerView>>("containers", cancellationToken);

    private static string Function(string function) => $"functions/{Segment(function)}";
}
