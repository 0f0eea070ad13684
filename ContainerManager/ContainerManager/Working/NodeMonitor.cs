using ContainerManager.Functions;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace ContainerManager.Working;

/// <summary>Keeps in mind what the node has.</summary>
internal sealed partial class NodeMonitor(
    IScalerApi scaler, NodeRoom room, FunctionDirectory functions, ManagerOptions options, TimeProvider time, ILogger<NodeMonitor> logger)
    : BackgroundService
{
    private const int WarmPart = 4;
    private const string ProblemSource = "node";
    private const string Away = "The node's Scaler cannot be reached: what runs goes on; what ends or waits is seen to when it is back.";

    private volatile NodeState? _node;
    private bool _isAway;

    /// <summary>The node; null until its Scaler has answered once.</summary>
    public NodeState? Node => _node;

    internal async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        try
        {
            var node = await scaler.GetNodeAsync(cancellationToken).ConfigureAwait(false);
            var isNew = _node is null || node.Shares != _node.Shares || node.MemoryBytes != _node.MemoryBytes;
            _node = node;
            Tell(isAway: false);
            var capacity = options.NodeMemory > 0 ? options.NodeMemory : node.MemoryBytes / 10 * 9;
            room.CapacityBytes = capacity;
            room.WarmBytes = options.WarmMemoryBytes ?? capacity / WarmPart;
            foreach (var function in functions.All.Where(_ => isNew))
            {
                function.SetupWanted.Set();
            }
        }
        catch (ApiException e)
        {
            if (!_isAway)
            {
                LogNodeAway(e.Message);
            }

            Tell(isAway: true);
        }
    }

    private void Tell(bool isAway)
    {
        _isAway = isAway;
        foreach (var function in functions.All)
        {
            function.Problems.Set(ProblemSource, isAway ? Away : null);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Poll, time);
        do
        {
            await RunCycleAsync(stoppingToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The node's Scaler cannot be asked: {Reason}")]
    private partial void LogNodeAway(string reason);
}
