namespace ContainerManager.Contracts;

/// <summary>What an operator says of a function: who pays, where its bucket is, and how much it may have at most.</summary>
/// <param name="User">The owner, known to CreditManager.</param>
/// <param name="Bucket">3 to 63 of <c>a-z 0-9 . -</c>; the function's name where left out. No two functions share a bucket.</param>
/// <param name="MaxShares">Ceiling of the CPU limit, in shares (100 = one core); the node's cores where left out.</param>
/// <param name="MaxMemoryBytes">Ceiling of the memory limit; default 1 GiB.</param>
/// <param name="MaxSlots">Ceiling of tasks at a time; default 8.</param>
/// <param name="AllowNetwork">Whether the bucket's <c>function.yaml</c> may ask for the network; default false.</param>
/// <param name="Active">False starts nothing more; default true.</param>
public sealed record FunctionRegistration(
    string User,
    string? Bucket = null,
    int? MaxShares = null,
    long? MaxMemoryBytes = null,
    int? MaxSlots = null,
    bool AllowNetwork = false,
    bool Active = true);

/// <summary>A function and why things are as they are: the content of <c>status.json</c>.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Bucket">Its bucket.</param>
/// <param name="User">Who pays.</param>
/// <param name="UpdatedAt">When this was written.</param>
/// <param name="Message">One sentence for the user: what is going on, and what to do where something is wrong.</param>
/// <param name="Problems">Everything that keeps the function from running as asked, one sentence each; empty when all is well.</param>
/// <param name="Money">How the owner stands; null while CreditManager has not been reached.</param>
/// <param name="Container">The container; null when none is up.</param>
/// <param name="Waiting">How many tasks wait.</param>
/// <param name="WaitingFor">Why the tasks wait, in words; null when none waits for anything but its turn.</param>
/// <param name="Running">The tasks that run.</param>
/// <param name="Succeeded">How many tasks have succeeded since registration.</param>
/// <param name="Failed">How many tasks have been given up on since registration.</param>
/// <param name="OnSuccess">The bucket, and prefix of names, where results go on to as tasks; null for nowhere.</param>
/// <param name="Schedule">When tasks drop by themselves; null where none do.</param>
/// <param name="Warm">
/// While nothing runs: why the container is up, when it stops, or when it is started again, in words such as "kept warm"; null where there is
/// nothing to say.
/// </param>
public sealed record FunctionStatus(
    string Function,
    string Bucket,
    string User,
    DateTimeOffset UpdatedAt,
    string Message,
    IReadOnlyList<string> Problems,
    FunctionMoney? Money,
    ContainerView? Container,
    long Waiting,
    string? WaitingFor,
    IReadOnlyList<RunningTask> Running,
    long Succeeded,
    long Failed,
    string? OnSuccess = null,
    FunctionSchedule? Schedule = null,
    string? Warm = null);

/// <summary>When a function's tasks drop by themselves.</summary>
/// <param name="Expression">The cron expression, in UTC.</param>
/// <param name="NextAt">When the next one is due.</param>
/// <param name="LastAt">The moment of the last one; null where there was none.</param>
public sealed record FunctionSchedule(string Expression, DateTimeOffset NextAt, DateTimeOffset? LastAt);

/// <summary>The owner's standing, as told by CreditManager.</summary>
/// <param name="Standing">normal, low, indebted or exhausted.</param>
/// <param name="BalanceGrc">Wallet coins minus unsettled charges, in GRC with up to eight decimals.</param>
/// <param name="Reason">In words.</param>
/// <param name="Runway">How long the balance lasts, in words: "funds last 14 min at the present rate"; null where nothing is being spent, or nothing is left.</param>
/// <param name="RunwaySeconds">The same in seconds; 0 in debt, null where nothing is being spent.</param>
/// <param name="SpendGrcPerHour">The present rate.</param>
/// <param name="SettlementHold">Why nothing of what is owed is settled at present; null where all is well.</param>
/// <param name="PendingDeposits">Top-ups on their way; null where that has not been asked yet.</param>
public sealed record FunctionMoney(
    string Standing,
    decimal BalanceGrc,
    string Reason,
    string? Runway = null,
    long? RunwaySeconds = null,
    decimal SpendGrcPerHour = 0,
    string? SettlementHold = null,
    IReadOnlyList<PendingDeposit>? PendingDeposits = null);

/// <summary>A top-up on its way.</summary>
/// <param name="Reference">The transaction's id, or the receipt's.</param>
/// <param name="AmountGrc">How much; 0 where that is not known yet.</param>
/// <param name="Confirmations">How deep in the chain; null where it is not there yet.</param>
/// <param name="NeededConfirmations">How deep it must be to count; null where <paramref name="Confirmations"/> is.</param>
/// <param name="ExpectedSeconds">How long it will probably still take; null where that cannot be said.</param>
/// <param name="Reason">In words.</param>
public sealed record PendingDeposit(
    string Reference, decimal AmountGrc, int? Confirmations, int? NeededConfirmations, int? ExpectedSeconds, string Reason);

/// <summary>A task that runs now.</summary>
/// <param name="Task">Its name: the object's key below <c>input/</c>.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="StartedAt">When the attempt started.</param>
/// <param name="Slot">In which slot.</param>
/// <param name="CapGrc">The most that the task may cost, over all its attempts; null for no cap.</param>
public sealed record RunningTask(string Task, int Attempt, DateTimeOffset StartedAt, int Slot, decimal? CapGrc = null);

/// <summary>Where a container is in its life.</summary>
public enum ContainerPhase
{
    /// <summary>The image is being fetched or built.</summary>
    PreparingImage,

    /// <summary>Being started.</summary>
    Starting,

    /// <summary>Ready or running tasks.</summary>
    Running,

    /// <summary>Being stopped.</summary>
    Stopping,
}

/// <summary>A container that is not stopped.</summary>
/// <param name="ContainerId">Its id, the same as at the Scaler.</param>
/// <param name="Function">Its function.</param>
/// <param name="Phase">Where it is in its life.</param>
/// <param name="StartedAt">When its start began.</param>
/// <param name="Slots">Tasks at a time.</param>
/// <param name="Image">Name of the image.</param>
public sealed record ContainerView(
    string ContainerId, string Function, ContainerPhase Phase, DateTimeOffset StartedAt, int Slots, string Image);
