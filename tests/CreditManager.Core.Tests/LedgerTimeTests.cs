using CreditManager.Core.Ledger;
using CreditManager.Core.Records;
using CreditManager.Core.Tests.Ledgers;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class LedgerTimeTests
{
    [Fact]
    public void TryRead_AnyTimeThatTheLedgerWrites_IsThatTime() => Prop.ForAll(
        Seeded.Between(0, DateTime.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond).ToArbitrary(), microseconds =>
        {
            var time = new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
            return LedgerTime.TryRead(LedgerChain.FormatTime(time), out var read) && read == time && read.Offset == TimeSpan.Zero;
        }).Check(Seeded.Config);

    [Theory]
    [InlineData("2024-02-29T23:59:59.999999Z", true)]
    [InlineData("0001-01-01T00:00:00.000000Z", true)]
    [InlineData("2026-12-31T00:00:00.000000Z", true)]
    [InlineData("0000-01-01T00:00:00.000000Z", false)]
    [InlineData("2025-02-29T00:00:00.000000Z", false)]
    [InlineData("2026-00-01T00:00:00.000000Z", false)]
    [InlineData("2026-13-01T00:00:00.000000Z", false)]
    [InlineData("2026-01-00T00:00:00.000000Z", false)]
    [InlineData("2026-01-32T00:00:00.000000Z", false)]
    [InlineData("2026-01-01T24:00:00.000000Z", false)]
    [InlineData("2026-01-01T00:60:00.000000Z", false)]
    [InlineData("2026-01-01T00:00:60.000000Z", false)]
    [InlineData("2026-01-01 00:00:00.000000Z", false)]
    [InlineData("2026-01-01T00:00:00.00000Z", false)]
    [InlineData("2026-01-01T00:00:00.0000000Z", false)]
    [InlineData("2026-01-01T00:00:00.000000z", false)]
    [InlineData("2026-01-01T00:00:0/.000000Z", false)]
    [InlineData("2026-01-01T00:00:0:.000000Z", false)]
    [InlineData("", false)]
    public void TryRead_Text_IsATimeOrNot(string text, bool expected)
    {
        Assert.Equal(expected, LedgerTime.TryRead(text, out var time));
        Assert.Equal(expected ? LedgerChain.ReadTime(text) : default, time);
    }

    [Fact]
    public void History_OfEveryKind_IsReadWithItsTimes() =>
        Assert.All(LedgerBuilder.Everything().Entries, e => Assert.NotNull(EntryReader.Read(e.Draft)));
}
