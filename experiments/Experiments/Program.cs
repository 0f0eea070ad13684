using System.CommandLine;
using System.Runtime.InteropServices;
using Experiments.Running;

// What was seen until Ctrl-C is still written: the command ends when it has done so, and not after a time.
using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTermination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

var root = new RootCommand("Replays experiments: what happened in hours on a cluster, in a second. Run it by experiments/run.sh.")
{
    RunCommand.Build(TimeProvider.System, interrupted.Token),
    SweepCommand.Build(interrupted.Token),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
