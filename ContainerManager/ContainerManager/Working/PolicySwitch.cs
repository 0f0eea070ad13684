using ContainerManager.Functions;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace ContainerManager.Working;

/// <summary>Has a running container resized by the policy that its function's settings name now; it need not end for that.</summary>
internal sealed partial class PolicySwitch(IScalerApi scaler, ILogger<PolicySwitch> logger)
{
    private const string ProblemSource = "policy";

    /// <summary>Switches where another policy is wanted; where that fails it says so, and is to be called again.</summary>
    public async Task FollowAsync(FunctionContext function, FunctionContainer container, CancellationToken cancellationToken)
    {
        if (function.Setup?.Settings?.Policy is not { } policy || policy == container.Policy)
        {
            return;
        }

        try
        {
            await scaler.SetPolicyAsync(container.Id, policy, cancellationToken).ConfigureAwait(false);
            container.Policy = policy;
            function.Problems.Set(ProblemSource);
            LogSwitched(container.Id, policy);
        }
        catch (ApiException e)
        {
            function.Problems.Set(ProblemSource, $"The scaling policy {policy} is not in force yet: {e.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Container {ContainerId} is resized by policy {Policy} from now on")]
    private partial void LogSwitched(string containerId, string policy);
}
