using Scaler.Core.Policies;

namespace Experiments.Core.Scenarios;

/// <summary>What a task of a function does with its CPU.</summary>
internal enum LoadKind
{
    /// <summary>It computes until its seconds have passed, as `stress --timeout` does: less CPU, less work.</summary>
    Clock,

    /// <summary>It computes until it has used its seconds on each of its cores: less CPU, more time.</summary>
    Work,
}

/// <summary>A function, as it would be registered.</summary>
/// <param name="Name">The function.</param>
/// <param name="User">Its owner.</param>
/// <param name="Bounds">Bounds of its containers' CPU limit.</param>
/// <param name="StartShares">The limit that a container starts with; null for the maximum, as the platform does.</param>
/// <param name="IdleTimeout">How long a container may be idle.</param>
/// <param name="Slots">Tasks at a time.</param>
/// <param name="MaxAttempts">Attempts before a task is given up on.</param>
/// <param name="Load">What its tasks do.</param>
internal sealed record ScenarioFunction(
    string Name, string User, ScalingBounds Bounds, int? StartShares, TimeSpan IdleTimeout, int Slots, int MaxAttempts, LoadKind Load);

/// <summary>Task files that are dropped together.</summary>
/// <param name="Name">What others wait for; empty where nothing does.</param>
/// <param name="Function">Whose bucket.</param>
/// <param name="Dropped">When.</param>
/// <param name="Jitter">Each file comes later by a random part of this.</param>
/// <param name="Tasks">The files.</param>
internal sealed record Batch(string Name, string Function, Moment Dropped, TimeSpan Jitter, IReadOnlyList<ScenarioTask> Tasks);

/// <summary>A task file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Cores">How many cores it keeps busy.</param>
/// <param name="Length">For how long, see <see cref="LoadKind"/>.</param>
internal sealed record ScenarioTask(string Name, int Cores, TimeSpan Length);
