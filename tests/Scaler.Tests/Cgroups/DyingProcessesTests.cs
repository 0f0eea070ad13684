using Scaler.Cgroups;

namespace Scaler.Tests.Cgroups;

public sealed class DyingProcessesTests
{
    [Theory]
    [InlineData("42 (sleep) S 1 42 42 0 -1 4194304 9 9 9 9 9 9 9 9 20 0 1 0 500", false)]
    [InlineData("42 (sleep) S 1 42 42 0 -1 4194308 9 9 9 9 9 9 9 9 20 0 1 0 500", true)]
    [InlineData("42 (a) b (c) D 1 42 42 0 -1 4 9 9 9 9 9 9 9 9 20 0 1 0 500", true)]
    [InlineData("42 (sleep) Z 1 42 42 0 -1 4194564 9 9 9 9 9 9 9 9 20 0 1 0 500", false)]
    [InlineData("42 (starter) Z 1 42 42 0 -1 4194564 9 9 9 9 9 9 9 9 20 0 7 0 500", true)]
    [InlineData("42 (sleep) X 0 42 42 0 -1 4 9 9 9 9 9 9 9 9 20 0 0 0 500", false)]
    [InlineData("42 (sleep", false)]
    public void IsOne_StatOfAProcess_ExitingAndNotDeadAlone(string stat, bool expected) => Assert.Equal(expected, DyingProcesses.IsOne(stat));
}
