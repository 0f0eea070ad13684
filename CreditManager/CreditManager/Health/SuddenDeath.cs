using System.Diagnostics;

namespace CreditManager.Health;

/// <summary>Ends this process by SIGKILL at a kill point: no handler runs, nothing is flushed, as when the machine goes down. For tests.</summary>
internal sealed class SuddenDeath(KillAddress address) : IKillPoints
{
    private int _passed;

    public void Pass(string point)
    {
        if (point == address.Point && Interlocked.Increment(ref _passed) == address.Time)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            // The kernel ends the process when it gets to it; nothing may happen until then.
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }
}
