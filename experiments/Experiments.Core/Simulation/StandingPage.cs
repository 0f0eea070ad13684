using ContainerManager.Core.Dispatching;
using CreditManager.Core.Standings;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Simulation;

/// <summary>What the dispatcher was told last of how users stand.</summary>
internal sealed class StandingPage
{
    private readonly Dictionary<string, (OwnerFacts Facts, bool MustAbort)> _users = new(StringComparer.Ordinal);

    /// <summary>Asks CreditManager.</summary>
    public void Refresh(Scenario scenario, CreditSimulation credit)
    {
        foreach (var user in scenario.Users)
        {
            _users[user.Name] = (Facts(credit.Decide(user)), credit.MustAbort(user));
        }
    }

    /// <summary>Where nobody pays, everybody may start everything.</summary>
    public void Allow(Scenario scenario)
    {
        foreach (var user in scenario.Users)
        {
            _users[user.Name] = (new OwnerFacts(true, EventKinds.Normal, "", 0), false);
        }
    }

    /// <summary>How a user stands; null where nobody has said.</summary>
    public OwnerFacts? Find(string user) => _users.TryGetValue(user, out var found) ? found.Facts : null;

    /// <summary>Whether a user's containers must be stopped.</summary>
    public bool MustAbort(string user) => _users.TryGetValue(user, out var found) && found.MustAbort;

    private static OwnerFacts Facts(StandingDecision decision) =>
        new(decision.MayStart, CourseRecorder.Word(decision.Standing), "", decision.Needed.Halfords);
}
