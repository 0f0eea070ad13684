using CreditManager.Core.Standings;
using Experiments.Core.Courses;

namespace Experiments.Core.Simulation;

/// <summary>Writes down what happens.</summary>
internal sealed class CourseRecorder(Func<TimeSpan> now)
{
    public List<CourseEvent> Events { get; } = [];

    public List<FunctionRow> Functions { get; } = [];

    public List<AccountRow> Accounts { get; } = [];

    public List<AttemptRun> Attempts { get; } = [];

    /// <summary>Something happens now.</summary>
    public void Note(string kind, string subject, string user, string function = "", string details = "") =>
        Events.Add(new CourseEvent(now(), kind, subject, user, function, details));

    /// <summary>A standing as it is written.</summary>
    public static string Word(CreditStanding standing) => standing switch
    {
        CreditStanding.Normal => EventKinds.Normal,
        CreditStanding.Low => EventKinds.Low,
        CreditStanding.Indebted => EventKinds.Indebted,
        CreditStanding.Exhausted => EventKinds.Exhausted,
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };
}
