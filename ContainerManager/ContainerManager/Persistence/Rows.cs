namespace ContainerManager.Persistence;

/// <summary>A row of <c>functions</c>.</summary>
internal sealed record FunctionRow
{
    public required string Name { get; init; }

    public required string User { get; init; }

    public required string Bucket { get; init; }

    public int? MaxShares { get; init; }

    public long? MaxMemoryBytes { get; init; }

    public int? MaxSlots { get; init; }

    public bool AllowNetwork { get; init; }

    public bool Active { get; init; }

    public bool BucketMade { get; init; }

    public long Succeeded { get; init; }

    public long Failed { get; init; }
}

/// <summary>A row of <c>containers</c>.</summary>
internal sealed record ContainerRow
{
    public required string ContainerId { get; init; }

    public required string Function { get; init; }

    public required string Phase { get; init; }

    public required string Image { get; init; }

    public string ImageDigest { get; init; } = "";

    public required string Fingerprint { get; init; }

    public int Slots { get; init; }

    public long MemoryBytes { get; init; }

    public int MaxAttempts { get; init; }

    public long WallTimeTicks { get; init; }

    public long StartedAt { get; init; }
}

/// <summary>A row of <c>tasks</c>.</summary>
internal sealed record TaskRow
{
    public required string TaskId { get; init; }

    public required string Function { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>A <c>TaskPlace</c>: where the object is, or was when the attempt took it.</summary>
    public required string Place { get; init; }

    public required string State { get; init; }

    /// <summary>Whether the object and everything that is published are where the state says.</summary>
    public bool Settled { get; init; }

    public int Counted { get; init; }

    public long SeenAt { get; init; }
}

/// <summary>A row of <c>attempts</c>.</summary>
internal sealed record AttemptRow
{
    public required string AttemptId { get; init; }

    public required string TaskId { get; init; }

    public int Number { get; init; }

    public required string ContainerId { get; init; }

    public int Slot { get; init; }

    /// <summary>An <c>AttemptPhase</c>.</summary>
    public required string Phase { get; init; }

    public long StartedAt { get; init; }

    public long? EndedAt { get; init; }

    public required string Outcome { get; init; }

    public int? ExitStatus { get; init; }

    public required string Reason { get; init; }

    public long UsageStart { get; init; }

    public long KillsStart { get; init; }

    public long UsageMicroseconds { get; init; }

    public long? CostHalfords { get; init; }

    public long RefundedHalfords { get; init; }

    public long? CapHalfords { get; init; }

    /// <summary>Version of the object that said so; null where that was not an object of the task's own.</summary>
    public string? CapFileVersion { get; init; }

    /// <summary>Where results go on to, as in <c>function.yaml</c> when the attempt started.</summary>
    public string? OnSuccess { get; init; }

    /// <summary>The price when it started; null where it was not known.</summary>
    public long? VcoreSecondsPerGrc { get; init; }

    public string ImageSha256 { get; init; } = "";

    public string ScriptSha256 { get; init; } = "";

    public string TaskSha256 { get; init; } = "";
}

/// <summary>A row of <c>attempt_reports</c>.</summary>
internal sealed record ReportRow
{
    public required string AttemptId { get; init; }

    public required string User { get; init; }

    public required string Bucket { get; init; }

    public required string Function { get; init; }

    public required string TaskId { get; init; }

    public required string Task { get; init; }

    public int Number { get; init; }

    public required string ContainerId { get; init; }

    public int Slot { get; init; }

    public long StartedAt { get; init; }

    public long UsageStart { get; init; }

    public required string ImageSha256 { get; init; }

    public required string ScriptSha256 { get; init; }

    public required string TaskSha256 { get; init; }

    /// <summary>An <c>AttemptEnding</c>; null while it runs.</summary>
    public string? Outcome { get; init; }

    public long? EndedAt { get; init; }

    public long? UsageEnd { get; init; }

    /// <summary>The signed receipt as JSON; null until it is there.</summary>
    public string? Proof { get; init; }

    public long? CostHalfords { get; init; }

    public long RefundedHalfords { get; init; }
}

/// <summary>A row of <c>schedules</c>.</summary>
internal sealed record ScheduleRow
{
    public required string Function { get; init; }

    /// <summary>The schedule that this is of; another one begins anew.</summary>
    public required string Expression { get; init; }

    /// <summary>The moment whose task is dropped next.</summary>
    public long DueAt { get; init; }

    /// <summary>The moment whose task was dropped last; null where none was.</summary>
    public long? DroppedAt { get; init; }
}
