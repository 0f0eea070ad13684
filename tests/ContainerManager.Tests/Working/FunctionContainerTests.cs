using ContainerManager.Core.Containers;
using ContainerManager.Engines;
using ContainerManager.Working;
using Testing;

namespace ContainerManager.Tests.Working;

public sealed class FunctionContainerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FunctionContainer _container;

    public FunctionContainerTests()
    {
        var facts = new ContainerFacts("f-0", "f", "image.sif", "", "", 2, 1 << 20, 3, TimeSpan.FromHours(1), _time.GetUtcNow());
        _container = new FunctionContainer(facts, new ContainerWorkspace("/nowhere/f-0"), _time);
        _container.ImageReady("digest");
        _container.Started();
    }

    [Fact]
    public void TryEnter_Alone_OnlyWhereNothingRunsAndNothingElseMeanwhile()
    {
        Assert.True(_container.TryEnter(alone: false));
        Assert.False(_container.TryEnter(alone: true));
        _container.Leave(worked: true);

        Assert.True(_container.TryEnter(alone: true));
        Assert.False(_container.TryEnter(alone: false));
        _container.Leave(worked: true);

        Assert.True(_container.TryEnter(alone: false));
        Assert.True(_container.TryEnter(alone: false));
    }

    [Fact]
    public void WantsRunner_Slots_OneMoreWhenAllThatHaveOneAreBusy()
    {
        Assert.True(_container.WantsRunner);
        _container.RunnerCame();
        Assert.False(_container.WantsRunner);
        _container.TryEnter(alone: false);
        Assert.True(_container.WantsRunner);
        _container.RunnerCame();
        _container.TryEnter(alone: false);
        // Every slot has one.
        Assert.False(_container.WantsRunner);

        _container.RunnerWent();
        Assert.True(_container.WantsRunner);
        _container.TryEnd(StopReason.Asked, onlyIdle: false);
        Assert.False(_container.WantsRunner);
    }

    [Fact]
    public void IdleSince_WorkAndNone_IsTheEndOfWork()
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        _container.TryEnter(alone: false);
        Assert.Null(_container.IdleFor);
        _container.Leave(worked: false);
        Assert.Equal((TimeSpan.FromSeconds(5), _time.GetUtcNow() - TimeSpan.FromSeconds(5)), (_container.IdleFor, _container.IdleSince));

        _container.TryEnter(alone: false);
        _container.Leave(worked: true);

        Assert.Equal((TimeSpan.Zero, _time.GetUtcNow()), (_container.IdleFor, _container.IdleSince));
    }

    [Fact]
    public void TryEnter_DeadOrBroken_IsFalse()
    {
        _container.Died = true;
        Assert.False(_container.TryEnter(alone: false));
        (_container.Died, _container.Broken) = (false, true);
        Assert.False(_container.TryEnter(alone: false));
    }
}
