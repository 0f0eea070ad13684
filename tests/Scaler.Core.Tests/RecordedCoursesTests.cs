using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

/// <summary>What the policies decide on many kinds of load, change by change, is as it was recorded; see <see cref="Recording"/>.</summary>
public sealed class RecordedCoursesTests
{
    private static readonly ScalingBounds Usual = new(0, 400, 25, 75);

    private static readonly Dictionary<string, Func<IScalingPolicy, RecordedCourse>> Courses = new()
    {
        ["steps"] = policy => Start(policy).Demand(100, 100).Demand(200, 100).Demand(390, 60).Demand(400, 30).Demand(30, 150).Demand(0, 100).Demand(1, 50),
        ["small steps"] = policy => Enumerable.Range(1, 12).Aggregate(Start(policy), (c, i) => c.Demand(20 * i, 15)).Demand(235, 30).Demand(228, 60).Demand(219, 90),
        ["ramp"] = policy => Enumerable.Range(0, 60).Aggregate(Start(policy), (c, i) => c.Demand(5 * i, 2)).Demand(10, 80),
        ["square"] = policy => Enumerable.Range(0, 12).Aggregate(Start(policy), (c, _) => c.Demand(200, 5).Demand(0, 5)).Demand(0, 200).Demand(200, 20),
        ["pauses"] = policy => new[] { 1, 3, 9, 10, 11, 24, 25, 26, 49, 50, 51, 100, 150, 299, 300, 301 }.Aggregate(
            Start(policy), (c, pause) => c.Demand(150, 10).Demand(2, pause)),
        ["partial pauses"] = policy => new[] { 5, 12, 30, 60, 90 }.Aggregate(Start(policy), (c, pause) => c.Demand(160, 12).Demand(70, pause)).Demand(85, 60),
        ["bursts in periods"] = policy => Start(policy).Demand(40, 80, busyPart: 40).Demand(40, 80, busyPart: 20).Demand(60, 60, busyPart: 50).Demand(60, 40).Demand(41, 100, busyPart: 41),
        ["bursts come back"] = policy => new[] { 5, 40, 160, 320 }.Aggregate(
            Start(policy), (c, rest) => c.Demand(40, 60, busyPart: 40).Demand(0, rest)).Demand(80, 40, busyPart: 40).Demand(130, 40, busyPart: 40),
        ["uneven looks"] = policy => new[] { 1, 19, 20, 21, 49, 50, 51, 99, 100, 101, 150, 333, 999, 1000, 1001, 5000, 60_000 }.Aggregate(
            Start(policy), (c, ms) => c.Demand(120, 6, ms).Demand(45, 6, ms)),
        ["no time between looks"] = policy => Start(policy).Demand(120, 20).Demand(150, 2, 0).Demand(150, 10).Demand(10, 2, 0).Demand(10, 30),
        ["contention"] = policy => Start(policy).Demand(180, 30).Contend(90).Demand(180, 50).Demand(60, 60).Contend(400).Demand(180, 30).Contend(10).Demand(180, 20).Demand(5, 60),
        ["other bounds"] = policy => Start(policy).Demand(300, 30).Rebind(new ScalingBounds(0, 150, 25, 75)).Demand(300, 20)
            .Rebind(new ScalingBounds(120, 380, 5, 30)).Demand(50, 80).Rebind(new ScalingBounds(0, 400, 60, 150)).Demand(50, 80).Demand(300, 30).Rebind(Usual).Demand(20, 60),
        ["counters begin anew"] = policy => Start(policy).Demand(150, 30).Reset().Demand(150, 30).Demand(20, 40).Reset().Demand(20, 40),
        ["tiny"] = policy => new RecordedCourse(policy, new ScalingBounds(0, 3, 1, 1), 1).Demand(1, 20).Demand(2, 20).Demand(3, 20).Demand(50, 20).Demand(0, 80),
        ["at the edges of the rules"] = policy => Start(policy).Demand(75, 160).Demand(76, 160).Demand(50, 250).Demand(49, 250).Demand(25, 250).Demand(24, 250).Demand(0, 250),
        ["long"] = policy => Enumerable.Range(0, 40).Aggregate(
            Start(policy), (c, i) => c.Demand(Mixed(i, 7, 391), 4 + Mixed(i, 11, 37), busyPart: 30 + Mixed(i, 13, 71)).Demand(Mixed(i, 17, 60), 1 + Mixed(i, 19, 53))),
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var policy in ScalingPolicies.Names)
        {
            foreach (var course in Courses.Keys)
            {
                cases.Add(policy, course);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Decide_Course_IsAsRecorded(string name, string course)
    {
        Assert.True(ScalingPolicies.TryFind(name, out var policy));
        await Recording.AssertIsAsRecordedAsync($"{name} {course}", Courses[course](policy).ToString());
    }

    private static RecordedCourse Start(IScalingPolicy policy) => new(policy, Usual, 50);

    // Spread over the range, the same every time.
    private static int Mixed(int i, int factor, int range) => ((i * i * factor) + (i * 31)) % range;
}
