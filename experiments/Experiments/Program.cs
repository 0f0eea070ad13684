using System.CommandLine;
using Experiments.Running;

var root = new RootCommand("Replays experiments: what happened in hours on a cluster, in a second. Run it by experiments/run.sh.") { RunCommand.Build(TimeProvider.System), SweepCommand.Build() };
// What was seen until Ctrl-C is still written.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await root.Parse(args).InvokeAsync(configuration);
