namespace ContainerManager.Tests.Doubles;

/// <summary>What scripts do in many tests.</summary>
internal static class ScriptedTasks
{
    /// <summary>Runs until it is killed.</summary>
    public static async Task<int> Never(CancellationToken killed)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, killed);
        return 0;
    }
}
