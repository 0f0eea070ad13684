using System.Diagnostics;

namespace ContainerManager.Engines.Processes;

internal static class ProcessWaiting
{
    /// <summary>Waits for the process; kills it and all it started where it takes too long or the caller gives up.</summary>
    /// <returns>False where it took too long.</returns>
    public static async Task<bool> WaitOrKillAsync(
        this Process process, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
