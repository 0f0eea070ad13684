using System.Text.Json;

namespace Benchmarks.Dispatch;

/// <summary>What a run of the dispatch benchmark found; rates are medians of its rounds.</summary>
/// <param name="OursTasksPerS">Tasks of <c>true</c> that the platform brought from <c>input/</c> to <c>output/</c> in a second, with receipt and log, once all were dropped.</param>
/// <param name="ApptainerInstanceTasksPerS">Two at a time by <c>apptainer exec instance://</c>.</param>
/// <param name="ApptainerExecTasksPerS">Two at a time by <c>apptainer exec image.sif</c>.</param>
/// <param name="BashTasksPerS">One after the other by <c>bash FILE</c>: what no dispatcher can beat with one core.</param>
/// <param name="RatioToInstance">Ours over <paramref name="ApptainerInstanceTasksPerS"/>.</param>
/// <param name="RatioToLimit">Ours over <paramref name="BashTasksPerS"/>.</param>
/// <param name="PickupMsP50">From an object in <c>input/</c> to the script's first instruction, container running, in milliseconds.</param>
/// <param name="PickupMsP99">The same.</param>
/// <param name="ColdStartMsP50">The same with no container.</param>
/// <param name="ApptainerInstanceStartMsP50">A bare <c>apptainer instance start</c> of the same image.</param>
/// <param name="WaitingTasksPerS">Ours while many tasks wait.</param>
/// <param name="Waiting">How many.</param>
/// <param name="RatioOfWaiting">That over <paramref name="OursTasksPerS"/>.</param>
/// <param name="ManagerPeakMib">The most memory that ContainerManager held, in MiB.</param>
/// <param name="S3TasksPerS">Ours with buckets on an S3 server.</param>
/// <param name="S3CallsAlonePerS">The calls to that server that a task takes, and nothing else, for as many tasks in a second.</param>
/// <param name="S3PutsPerS">Puts of an empty object there.</param>
/// <param name="S3MovesPerS">Moves there, each a copy and a delete.</param>
internal sealed record DispatchFigures(
    double OursTasksPerS,
    double ApptainerInstanceTasksPerS,
    double ApptainerExecTasksPerS,
    double BashTasksPerS,
    double RatioToInstance,
    double RatioToLimit,
    double PickupMsP50,
    double PickupMsP99,
    double ColdStartMsP50,
    double ApptainerInstanceStartMsP50,
    double WaitingTasksPerS,
    int Waiting,
    double RatioOfWaiting,
    double ManagerPeakMib,
    double S3TasksPerS,
    double S3CallsAlonePerS,
    double S3PutsPerS,
    double S3MovesPerS)
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
