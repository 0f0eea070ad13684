using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class DriftTests
{
    private static readonly IReadOnlyList<ListedTransaction> Old = [.. Enumerable.Range(0, 20).Select(i => Listed(7, $"old{i}"))];

    [Fact]
    public void Examine_EverythingByOtherHandsAfterTheMark_Explains()
    {
        var finding = Examine(new GrcAmount(7), [Listed(5, "a"), Listed(-9, "ours", ours: true), Listed(2, "b"), .. Old])!;
        Assert.Equal((new GrcAmount(7), "0.00000005 GRC a; 0.00000002 GRC b"), (finding.Explained, finding.Explanation));
        Assert.Equal(["a", "ours", "b", .. Old.Take(13).Select(t => t.Fingerprint)], finding.Mark.Newest);
        Assert.Empty(finding.Mark.Waiting);
    }

    [Fact]
    public void Examine_WhatIsBookedAlready_ExplainsNothing()
    {
        var finding = Examine(new GrcAmount(7), Old)!;
        Assert.Equal((GrcAmount.Zero, ""), (finding.Explained, finding.Explanation));
    }

    [Fact]
    public void Examine_MoreThanTheTransactions_SaysWhatTheyExplain() =>
        Assert.Equal(5, Examine(new GrcAmount(8), [Listed(5, "a"), .. Old])!.Explained.Halfords);

    [Fact]
    public void Examine_CoinsThatWaited_CountOnceWhenTheyAreDeepEnough()
    {
        var waiting = Listed(30, "receive", counts: false);
        var first = Examine(new GrcAmount(5), [Listed(5, "a"), waiting, .. Old])!;
        Assert.Equal((new GrcAmount(5), "0.00000005 GRC a"), (first.Explained, first.Explanation));
        Assert.Equal(["receive"], first.Mark.Waiting);

        IReadOnlyList<ListedTransaction> later = [Listed(5, "a"), waiting with { Counts = true }, .. Old];
        var second = Drift.Examine(new GrcAmount(30), first.Mark, later, whole: true)!;
        Assert.Equal((new GrcAmount(30), "0.0000003 GRC receive"), (second.Explained, second.Explanation));
        Assert.Empty(second.Mark.Waiting);
        Assert.Equal(GrcAmount.Zero, Drift.Examine(new GrcAmount(30), second.Mark, later, whole: true)!.Explained);
    }

    [Fact]
    public void Examine_CoinsThatGoOnWaiting_AreKeptInTheMark()
    {
        var waiting = Listed(30, "receive", counts: false);
        var mark = AccountMark.At([waiting, .. Old]);
        var finding = Drift.Examine(new GrcAmount(5), mark, [Listed(5, "a"), waiting, .. Old], whole: true)!;
        Assert.Equal(["receive"], finding.Mark.Waiting);
        Assert.Equal(5, finding.Explained.Halfords);
    }

    [Fact]
    public void Examine_TwoAlikeThatWaited_CountBoth()
    {
        IReadOnlyList<ListedTransaction> list = [Listed(30, "twin", counts: false), Listed(30, "twin", counts: false), .. Old];
        var finding = Drift.Examine(new GrcAmount(60), AccountMark.At(list), [.. list.Select(t => t with { Counts = true })], whole: true)!;
        Assert.Equal(60, finding.Explained.Halfords);
    }

    [Fact]
    public void Examine_WaitingCoinsBeyondWhatWasRead_AsksForMore()
    {
        var mark = new AccountMark(AccountMark.At(Old).Newest, ["deep"]);
        Assert.Null(Drift.Examine(new GrcAmount(5), mark, Old, whole: false));
        Assert.NotNull(Drift.Examine(new GrcAmount(5), mark, Old, whole: true));
        Assert.Equal(3, Drift.Examine(new GrcAmount(3), mark, [.. Old, Listed(3, "deep")], whole: false)!.Explained.Halfords);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Examine_MarkNotInTheList_IsNull(bool whole)
    {
        Assert.Null(Drift.Examine(new GrcAmount(5), AccountMark.At(Old), [Listed(5, "a"), .. Old.Skip(1)], whole));
        Assert.Null(Drift.Examine(new GrcAmount(5), AccountMark.At(Old), [.. Old.Take(15)], whole));
        Assert.Null(Drift.Examine(new GrcAmount(5), AccountMark.At(Old), [], whole));
    }

    [Fact]
    public void Examine_MarkOfAShortList_IsFoundAtItsEndOnly()
    {
        IReadOnlyList<ListedTransaction> few = [Listed(1, "x"), Listed(1, "y")];
        var mark = AccountMark.At(few);
        Assert.Null(Drift.Examine(new GrcAmount(5), mark, [Listed(5, "a"), .. few], whole: false));
        Assert.Equal(5, Drift.Examine(new GrcAmount(5), mark, [Listed(5, "a"), .. few], whole: true)!.Explained.Halfords);
        Assert.Null(Drift.Examine(new GrcAmount(5), mark, [.. few, Listed(5, "a")], whole: true));
    }

    [Fact]
    public void Examine_FromTheBeginning_TakesTheWholeList()
    {
        Assert.Equal(140, Drift.Examine(new GrcAmount(1), AccountMark.Beginning, Old, whole: true)!.Explained.Halfords);
        Assert.Null(Drift.Examine(new GrcAmount(1), AccountMark.Beginning, Old, whole: false));
        Assert.Equal(0, Drift.Examine(new GrcAmount(1), AccountMark.Beginning, [], whole: true)!.Explained.Halfords);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Examine_ManyThatLookAlike_AreAsManyAsTheDifferenceSays(int added)
    {
        IReadOnlyList<ListedTransaction> same = [.. Enumerable.Repeat(Listed(4, "same"), 40)];
        var list = Enumerable.Repeat(Listed(4, "same"), added).Concat(same).ToList();
        Assert.Equal(4 * added, Drift.Examine(new GrcAmount(4 * added), AccountMark.At(same), list, whole: true)!.Explained.Halfords);
        Assert.Equal(0, Drift.Examine(new GrcAmount(1), AccountMark.At(same), list, whole: true)!.Explained.Halfords);
    }

    [Fact]
    public void Examine_AnyNumberOfNewOnes_ExplainsTheirSumAndNothingAfterwards() => Prop.ForAll(
        Seeded.Between(0, 40).ToArbitrary(),
        Seeded.Between(0, 40).ToArbitrary(),
        (before, after) =>
        {
            var list = Enumerable.Range(0, (int)(before + after)).Select(i => Listed(i + 1, $"t{i}")).Reverse().ToList();
            var mark = AccountMark.Parse(AccountMark.At(list.Skip((int)after)).ToString());
            var sum = list.Take((int)after).Sum(t => t.Amount.Halfords);
            var finding = Drift.Examine(new GrcAmount(1), mark, list, whole: true)!;
            return finding.Explained.Halfords == sum && Drift.Examine(new GrcAmount(1), finding.Mark, list, whole: true)!.Explained == GrcAmount.Zero;
        }).Check(Seeded.Config);

    [Fact]
    public void ExamineNewest_NewestByOtherHands_AreNamed()
    {
        ListedTransaction[] listed = [Listed(5, "move a"), Listed(-9, "ours", ours: true), Listed(2, "move b"), Listed(100, "old")];
        Assert.Equal("0.00000005 GRC move a; 0.00000002 GRC move b", Drift.ExamineNewest(new GrcAmount(7), listed)!.Explanation);
        var five = Drift.ExamineNewest(new GrcAmount(5), listed)!;
        Assert.Equal((new GrcAmount(5), "0.00000005 GRC move a"), (five.Explained, five.Explanation));
        Assert.Equal(["move a", "ours", "move b", "old"], five.Mark.Newest);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-4)]
    [InlineData(-5)]
    [InlineData(3)]
    public void ExamineNewest_NothingAddsUp_IsNull(long difference) => Assert.Null(Drift.ExamineNewest(
        new GrcAmount(difference), [Listed(5, "move"), Listed(-9, "ours", ours: true), Listed(3, "receive", counts: false)]));

    [Fact]
    public void ExamineNewest_OlderDepositThatNowCounts_IsFoundBehindNewerOnes() =>
        Assert.Equal("0.0000003 GRC receive", Drift.ExamineNewest(new GrcAmount(30), [Listed(5, "move"), Listed(30, "receive")])!.Explanation);

    [Fact]
    public void Explanation_ThousandsOfTransactions_StaysShort()
    {
        var listed = Enumerable.Repeat(Listed(1, "move with a long comment"), 1000).ToList();
        Assert.Equal(501, Drift.ExamineNewest(new GrcAmount(1000), listed)!.Explanation.Length);
        Assert.Equal(501, Drift.Examine(new GrcAmount(1000), AccountMark.Beginning, listed, whole: true)!.Explanation.Length);
    }

    [Fact]
    public void Explanation_TextOfTheLargestLength_StaysWhole()
    {
        var text = new string('x', 500 - "0.00000001 GRC ".Length);
        Assert.Equal("0.00000001 GRC " + text, Drift.ExamineNewest(new GrcAmount(1), [Listed(1, text)])!.Explanation);
    }

    [Theory]
    [InlineData("1", 501)]
    [InlineData("", 500)]
    public void Explanation_CutWithinACharacter_LeavesItOut(string before, int length)
    {
        var name = before + string.Concat(Enumerable.Repeat("\U0001F4B0", 400));
        var explanation = Drift.ExamineNewest(new GrcAmount(1), [Listed(1, name)])!.Explanation;
        Assert.Equal(length, explanation.Length);
        Assert.Equal(explanation, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(explanation)));
    }

    [Fact]
    public void Mark_WrittenAndRead_IsTheSame()
    {
        var mark = AccountMark.At([Listed(30, "receive", counts: false), .. Old]);
        var read = AccountMark.Parse(mark.ToString());
        Assert.Equal(mark.Newest, read.Newest);
        Assert.Equal(mark.Waiting, read.Waiting);
        Assert.Equal(AccountMark.Length, read.Newest.Count);
        Assert.Equal("|", AccountMark.Beginning.ToString());
        Assert.Empty(AccountMark.Parse("|").Newest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a|b|c")]
    public void Mark_TextThatIsNone_IsRefused(string text) => Assert.Throws<FormatException>(() => AccountMark.Parse(text));

    private static DriftFinding? Examine(GrcAmount difference, IReadOnlyList<ListedTransaction> list) =>
        Drift.Examine(difference, AccountMark.At(Old), list, whole: false);

    private static ListedTransaction Listed(long halfords, string name, bool ours = false, bool counts = true) =>
        new(new GrcAmount(halfords), name, name, ours, counts);
}
