using System.Globalization;

namespace Scaler.Tests.Node;

/// <summary>The kernel counts on between two reads of one counting.</summary>
public sealed class ReadingOrderTests : IDisposable
{
    private readonly FileNode _node = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Show_SlotRunsOnMeanwhile_NeverHasUsedMoreThanItsContainer(bool oneSlot)
    {
        var container = _node.Add("c1");
        var used = 5_000_000_000L;
        _node.Files.BeforeRead = () =>
        {
            used += 1_000_000;
            foreach (var cgroup in (string[])["/cg/scp/c1", "/cg/scp/c1/slot0"])
            {
                _node.Files.With($"{cgroup}/cpuacct.usage", used.ToString(CultureInfo.InvariantCulture) + "\n");
            }
        };

        Task shown = oneSlot ? _node.Views.ShowSlotAsync(container, 0, default) : _node.Views.ShowAsync(container, default);
        await shown;

        var counters = container.Record.Counters;
        Assert.InRange(counters.Slots[0].UsageMicroseconds.Total, 1, counters.UsageMicroseconds.Total);
    }

    public void Dispose() => _node.Dispose();
}
