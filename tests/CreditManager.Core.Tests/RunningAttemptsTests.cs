using CreditManager.Core.Attempts;

namespace CreditManager.Core.Tests;

public sealed class RunningAttemptsTests
{
    private readonly RunningAttempts _running = new();

    [Fact]
    public void Of_WhileItRunsAndOnceAfterItsEnd_NamesIt()
    {
        _running.Started("c1", "a-1");
        Assert.Equal(["a-1"], Charge());
        Assert.Equal(["a-1"], Charge());
        _running.Ended("c1", "a-1");
        Assert.Equal(["a-1"], Charge());
        Assert.Empty(Charge());
    }

    [Fact]
    public void Name_MoreThanFitIntoACharge_NamesSomeAndCountsTheOthers()
    {
        for (var i = 100; i < 170; i++)
        {
            _running.Started("c1", $"a-{i}");
        }

        var (words, named) = _running.Name("c1");

        Assert.Equal(64, named.Count);
        Assert.Equal([.. named, "+6"], words);
        Assert.Equal(([], []), _running.Name("c2"));
    }

    [Fact]
    public void Of_ChargeThatCameToNothing_IsNamedAgain()
    {
        _running.Ended("c1", "a-1");
        Assert.Equal(["a-1"], _running.Of("c1"));
        Assert.Equal(["a-1"], Charge());
        Assert.Empty(Charge());
    }

    [Fact]
    public void Charged_EndedWhileTheChargeWasMade_IsNamedByTheNextOneToo()
    {
        _running.Started("c1", "a-1");
        var named = _running.Of("c1");
        _running.Ended("c1", "a-1");
        _running.Charged("c1", named);
        Assert.Equal(["a-1"], Charge());
        Assert.Empty(Charge());
    }

    [Fact]
    public void Charged_OnlySomeOfThem_KeepsTheOthers()
    {
        _running.Ended("c1", "a-1");
        _running.Ended("c1", "a-2");
        _ = _running.Of("c1");
        _running.Charged("c1", ["a-1", "unknown"]);
        Assert.Equal(["a-2"], Charge());
    }

    [Fact]
    public void Started_AfterItsEnd_DoesNotBringItBack()
    {
        _running.Ended("c1", "a-1");
        _running.Started("c1", "a-1");
        Assert.Equal(["a-1"], Charge());
        Assert.Empty(Charge());
    }

    [Fact]
    public void Closed_Container_IsForgotten()
    {
        _running.Started("c1", "a-1");
        _running.Started("c2", "a-2");
        _running.Closed("c1");
        Assert.Empty(_running.Of("c1"));
        Assert.Equal(["a-2"], _running.Of("c2"));
        _running.Charged("c1", ["a-1"]);
    }

    private IReadOnlyList<string> Charge()
    {
        var named = _running.Of("c1");
        _running.Charged("c1", named);
        return named;
    }
}
