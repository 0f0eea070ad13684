using ContainerManager.Core.Triggers;

namespace ContainerManager.Core.Settings;

/// <summary>What a user asks for in <c>function.yaml</c>; null takes the default.</summary>
/// <param name="Image">Name of the image below <c>utils/</c>; for Docker its name in a registry.</param>
/// <param name="Slots">Tasks at a time.</param>
/// <param name="MaxAttempts">Attempts before a task is given up on.</param>
/// <param name="IdleTimeout">How long the container may be idle: a duration, or the word of <see cref="IdleChoice"/>.</param>
/// <param name="MinShares">The CPU limit never goes below.</param>
/// <param name="MaxShares">The CPU limit never goes above.</param>
/// <param name="BoundaryShares">Boundary of the scaling rules.</param>
/// <param name="StepShares">Step of the scaling rules.</param>
/// <param name="Memory">Memory limit as text, for example <c>512MiB</c>.</param>
/// <param name="Processes">Most processes.</param>
/// <param name="WallTime">How long one attempt may take.</param>
/// <param name="Network">Whether tasks may use the network.</param>
/// <param name="Policy">Scaling policy.</param>
/// <param name="MaxGrc">The most that a task may cost, over all its attempts; null for no cap.</param>
/// <param name="Disk">The most that a task may write, as text, for example <c>1GiB</c>.</param>
/// <param name="OnSuccess">Where results go on to as tasks: <c>bucket/prefix</c>.</param>
/// <param name="Engine">What runs the container: <c>apptainer</c> or <c>docker</c>.</param>
/// <param name="MinWarm">How many containers are kept up though no task waits.</param>
public sealed record RequestedSettings(
    string? Image = null,
    int? Slots = null,
    int? MaxAttempts = null,
    IdleChoice? IdleTimeout = null,
    int? MinShares = null,
    int? MaxShares = null,
    int? BoundaryShares = null,
    int? StepShares = null,
    string? Memory = null,
    int? Processes = null,
    TimeSpan? WallTime = null,
    bool? Network = null,
    string? Policy = null,
    decimal? MaxGrc = null,
    string? OnSuccess = null,
    string? Disk = null,
    string? Engine = null,
    int? MinWarm = null);

/// <summary>The most that an operator lets a function have.</summary>
/// <param name="MaxShares">CPU, in shares.</param>
/// <param name="MaxMemoryBytes">Memory.</param>
/// <param name="MaxSlots">Tasks at a time.</param>
/// <param name="AllowNetwork">Whether it may use the network.</param>
/// <param name="MaxDiskBytes">What a task may write.</param>
public sealed record FunctionCeilings(
    int MaxShares, long MaxMemoryBytes, int MaxSlots, bool AllowNetwork, long MaxDiskBytes = FunctionSettingsRules.DefaultMaxDiskBytes);

/// <summary>Settings in force; the members are those of <see cref="RequestedSettings"/>, amounts in halfords.</summary>
/// <remarks>
/// <c>Schedule</c> is the cron expression by which tasks drop by themselves; null for none. <c>IdleTimeout</c> is null where the bucket's
/// <c>timeout.txt</c> says it; <c>IsIdlePredicted</c> where the function's own history does.
/// </remarks>
public sealed record FunctionSettings(
    string? Image,
    int Slots,
    int MaxAttempts,
    TimeSpan? IdleTimeout,
    int MinShares,
    int MaxShares,
    int BoundaryShares,
    int StepShares,
    long MemoryBytes,
    int Processes,
    TimeSpan WallTime,
    bool Network,
    string Policy,
    long? CapHalfords = null,
    Handoff? OnSuccess = null,
    string? Schedule = null,
    long DiskBytes = FunctionSettingsRules.DefaultDiskBytes,
    EngineKind Engine = EngineKind.Apptainer,
    int MinWarm = 0,
    bool IsIdlePredicted = false);
