using ContainerManager.Contracts;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;
using PlatformHarness;

namespace Experiments.Live;

/// <summary>Turns what the platform tells of tasks into the events and attempts of a course.</summary>
internal sealed class LiveAttempts(Platform platform, Scenario scenario, LiveScale scale, DateTimeOffset startedAt)
{
    private const int Most = 10_000;

    /// <summary>Every attempt so far, and when each task began, ended, or came back.</summary>
    public async Task<(IReadOnlyList<AttemptRun> Attempts, IReadOnlyList<CourseEvent> Events)> ReadAsync()
    {
        var attempts = new List<AttemptRun>();
        var events = new List<CourseEvent>();
        foreach (var function in scenario.Functions)
        {
            foreach (var task in await platform.Manager.ListTasksAsync(function.Name, Most))
            {
                foreach (var attempt in task.Attempts)
                {
                    attempts.Add(Run(function, task, attempt));
                    events.AddRange(Events(function, task, attempt));
                }
            }
        }

        return ([.. attempts.OrderBy(a => a.EndedAt)], events);
    }

    private AttemptRun Run(ScenarioFunction function, TaskView task, AttemptView attempt) => new(
        task.Task,
        function.Name,
        attempt.Attempt,
        At(attempt.StartedAt),
        At(attempt.EndedAt ?? attempt.StartedAt),
        attempt.Outcome switch
        {
            AttemptOutcome.Running => "running",
            AttemptOutcome.Succeeded => "succeeded",
            AttemptOutcome.Capped => "capped",
            AttemptOutcome.AbortedForDebt => "aborted_for_debt",
            AttemptOutcome.ContainerDied or AttemptOutcome.Interrupted => "platform_fault",
            _ => "failed",
        },
        scale.ToScenario(attempt.UsageMicroseconds));

    private IEnumerable<CourseEvent> Events(ScenarioFunction function, TaskView task, AttemptView attempt)
    {
        yield return new CourseEvent(At(attempt.StartedAt), EventKinds.Started, task.Task, function.User, function.Name);
        if (attempt.EndedAt is { } ended)
        {
            var isLast = attempt.Attempt == task.Attempts.Count;
            var kind = attempt.Outcome == AttemptOutcome.Succeeded ? EventKinds.Finished
                : isLast && task.Phase == TaskPhase.Failed ? EventKinds.GivenUp
                : EventKinds.Returned;
            yield return new CourseEvent(At(ended), kind, task.Task, function.User, function.Name);
        }
    }

    private TimeSpan At(DateTimeOffset moment) => scale.ToScenario(moment - startedAt);
}
