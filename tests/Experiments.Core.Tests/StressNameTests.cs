using Experiments.Core.Scenarios;

namespace Experiments.Core.Tests;

public sealed class StressNameTests
{
    [Fact]
    public void Read_Name_GivesCoresAndSeconds() => Assert.Equal(new ScenarioTask("100.3-250.txt", 3, TimeSpan.FromSeconds(250)), StressName.Read("100.3-250.txt"));

    [Theory]
    [InlineData("3-250.txt")]
    [InlineData("1.0-250.txt")]
    [InlineData("1.3-0.txt")]
    [InlineData("1.3-250")]
    [InlineData("1.3-2500000.txt")]
    [InlineData("a.b.3-250.txt")]
    public void Read_OtherName_IsNone(string name) => Assert.Null(StressName.Read(name));
}
