using ContainerManager.Core.Containers;

namespace ContainerManager.Core.Tests;

public sealed class ContainerTests
{
    [Theory]
    [InlineData(ContainerState.PreparingImage, ContainerEvent.ImageReady, ContainerState.Starting)]
    [InlineData(ContainerState.PreparingImage, ContainerEvent.Ended, ContainerState.Stopping)]
    [InlineData(ContainerState.Starting, ContainerEvent.Started, ContainerState.Running)]
    [InlineData(ContainerState.Starting, ContainerEvent.Ended, ContainerState.Stopping)]
    [InlineData(ContainerState.Running, ContainerEvent.Ended, ContainerState.Stopping)]
    [InlineData(ContainerState.Stopping, ContainerEvent.CleanedUp, ContainerState.Stopped)]
    public void Next_PossibleEvent_MovesOn(ContainerState state, ContainerEvent happened, ContainerState expected) =>
        Assert.Equal(expected, ContainerLife.Next(state, happened));

    [Fact]
    public void Next_AnythingElse_Throws()
    {
        var possible = 0;
        foreach (var (state, happened) in Enum.GetValues<ContainerState>().SelectMany(s => Enum.GetValues<ContainerEvent>().Select(e => (s, e))))
        {
            try
            {
                ContainerLife.Next(state, happened);
                possible++;
            }
            catch (InvalidOperationException)
            {
                Assert.NotEqual((ContainerState.Running, ContainerEvent.Ended), (state, happened));
            }
        }

        Assert.Equal(6, possible);
    }

    [Fact]
    public void Backoff_Failures_DoublesUpToAMinute() =>
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 8).Select(f => StartBackoff.After(f).TotalSeconds));

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(int.MaxValue)]
    public void Backoff_FailuresForDays_StaysAtAMinute(int failures) => Assert.Equal(TimeSpan.FromMinutes(1), StartBackoff.After(failures));

    [Theory]
    [InlineData("f", "f-abcdefghij")]
    [InlineData("forty-letters-forty-letters-forty-letter", "forty-letters-forty-letters-forty-letter-abcdefghij")]
    [InlineData("forty-letters-forty-letters-forty-letters", "forty-letters-forty-letters-forty-letter-abcdefghij")]
    public void Name_Function_BeginsIt(string function, string expected) => Assert.Equal(expected, ContainerName.Make(function, "abcdefghij"));

    [Fact]
    public void Name_LongFunction_FitsTheScalersIds()
    {
        var id = ContainerName.Make(new string('f', 63), "abcdefghij");

        Assert.Equal(new string('f', 40) + "-abcdefghij", id);
        Assert.Matches("^[a-z0-9-]{1,64}$", id);
    }
}
