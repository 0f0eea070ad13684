using CreditManager.Core.Money;
using Experiments.Core.Courses;
using Experiments.Core.Expectations;

namespace Experiments.Core.Tests;

public sealed class ExpectationTests
{
    private static readonly ContainerSample Free = new(100, 75, 50, null, Frozen: false);
    private static readonly ContainerSample Slow = Free with { LimitShares = 50, RestrictionShares = 50 };
    private static readonly Course Seen = new(
        Seconds(4),
        Interrupted: false,
        [Event(0, EventKinds.Started, "a"), Event(2, EventKinds.Restricted, "f"), Event(3, EventKinds.Finished, "a"), Event(4, EventKinds.Finished, "b")],
        [Row(0, null), Row(1, Free), Row(2, Slow), Row(3, Slow), Row(4, null)],
        [Account(0, 3, "normal"), Account(2, -1, "indebted")],
        [new AttemptRun("a", "f", 1, Seconds(0), Seconds(2), "aborted_for_debt", 4_000_000)],
        new Dictionary<string, FunctionUsage>(),
        []);

    public static TheoryData<int, bool, string> Cases() => new()
    {
        { 0, true, "indebted" }, { 1, false, "normal" }, { 2, true, "-1.00 GRC" }, { 3, false, "3.00 GRC" },
        { 4, true, "3 s" }, { 5, false, "3 s" }, { 6, false, "never" }, { 7, true, "never" }, { 8, false, "3 s" },
        { 9, true, "0 s, 3 s" }, { 10, false, "3 s, then no started a" }, { 11, true, "throughout" }, { 12, false, "absent at 4 s, 1 of 3 looks" },
        { 13, true, "throughout" }, { 14, false, "restricted at 2 s, 1 of 1 looks" }, { 15, true, "50 to 100 shares" }, { 16, false, "no container" },
        { 17, true, "4 vcore-seconds" }, { 18, false, "4 vcore-seconds" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Examine_Course_SaysWhetherAndWhatWasSeen(int number, bool holds, string seen)
    {
        Expectation[] all =
        [
            new StandingExpectation("u", null, "indebted"),
            new StandingExpectation("u", Seconds(1), "indebted"),
            new BalanceExpectation("u", null, Grc(-2), Grc(0)),
            new BalanceExpectation("u", Seconds(0), Grc(-2), Grc(0)),
            new HappensExpectation(new EventName("finished", "a"), Within(2, 4)),
            new HappensExpectation(new EventName("finished", "a"), Within(0, 2)),
            new HappensExpectation(new EventName("finished", "c"), Within(0, 4)),
            new NeverExpectation(new EventName("finished", "a"), Within(0, 2)),
            new NeverExpectation(new EventName("finished", "a"), Within(0, 3)),
            new OrderExpectation([new EventName("started", "a"), new EventName("finished", "a")]),
            new OrderExpectation([new EventName("finished", "a"), new EventName("started", "a")]),
            new ContainerExpectation("f", ContainerCondition.Restricted, Within(2, 3)),
            new ContainerExpectation("f", ContainerCondition.Restricted, Within(2, 9)),
            new ContainerExpectation("f", ContainerCondition.Unrestricted, Within(0, 1)),
            new ContainerExpectation("f", ContainerCondition.Absent, Within(2, 2)),
            new LimitExpectation("f", 50, 100, Within(0, 4)),
            new LimitExpectation("f", 50, 100, Within(4, 4)),
            new WasteExpectation("f", 4, 5),
            new WasteExpectation("f", 0, 3),
        ];
        Assert.Equal(new Finding(holds, seen), all[number].Examine(Seen));
        Assert.NotEmpty(all[number].Sentence);
    }

    [Fact]
    public void Stretches_Restricted_GivesFromAndTo() =>
        Assert.Equal([(Seconds(2), Seconds(4))], Seen.Stretches("f", c => c.RestrictionShares is not null));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Window Within(double from, double to) => new(Seconds(from), Seconds(to));

    private static GrcAmount Grc(long grc) => new(grc * GrcAmount.HalfordsPerGrc);

    private static CourseEvent Event(double at, string kind, string subject) => new(Seconds(at), kind, subject, "u", "f");

    private static FunctionRow Row(double at, ContainerSample? container) => new(Seconds(at), "f", 0, container, 0, 0, 0);

    private static AccountRow Account(double at, long grc, string standing) => new(Seconds(at), "u", Grc(grc), Grc(grc), standing);
}
