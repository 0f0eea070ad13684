using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class GrcAmountTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 100_000_000)]
    [InlineData("0.05", 5_000_000)]
    [InlineData("-0.5", -50_000_000)]
    [InlineData("4.00000000", 400_000_000)]
    [InlineData("0.00000001", 1)]
    [InlineData("-3.50000001", -350_000_001)]
    [InlineData("92233720368.54775807", long.MaxValue)]
    public void TryParse_DecimalGrc_IsExact(string text, long halfords)
    {
        Assert.True(GrcAmount.TryParse(text, out var amount));
        Assert.Equal(halfords, amount.Halfords);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e-08")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1,000")]
    [InlineData("1.000000000")]
    [InlineData("0.123456789")]
    [InlineData("--1")]
    [InlineData("1.-5")]
    [InlineData("٣")]
    [InlineData("92233720368.54775808")]
    [InlineData("99999999999999999999")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(GrcAmount.TryParse(text, out _));

    [Fact]
    public void TryParse_WhatWasWritten_GivesTheSameAmount() => Prop.ForAll(
        ArbMap.Default.ArbFor<long>(),
        halfords =>
        {
            var amount = new GrcAmount(halfords);
            return GrcAmount.TryParse(amount.ToString(), out var read) && read == amount
                && GrcAmount.TryParse(amount.ToWalletText(), out read) && read == amount;
        }).Check(Seeded.Config);

    [Theory]
    [InlineData(5_000_000, "0.05", "0.05000000")]
    [InlineData(-1, "-0.00000001", "-0.00000001")]
    [InlineData(0, "0", "0.00000000")]
    [InlineData(200_000_000, "2", "2.00000000")]
    [InlineData(long.MinValue, "-92233720368.54775808", "-92233720368.54775808")]
    public void ToText_Amount_ReadsAsPeopleAndWalletWriteIt(long halfords, string people, string wallet)
    {
        Assert.Equal(people, new GrcAmount(halfords).ToString());
        Assert.Equal(wallet, new GrcAmount(halfords).ToWalletText());
    }

    [Fact]
    public void Arithmetic_AndComparison_AreThoseOfTheHalfords()
    {
        var (five, seven) = (new GrcAmount(5), new GrcAmount(7));
        Assert.Equal((12L, -2L, -5L), (GrcAmount.Add(five, seven).Halfords, GrcAmount.Subtract(five, seven).Halfords, GrcAmount.Negate(five).Halfords));
        Assert.Equal((five, seven), (GrcAmount.Min(seven, five), GrcAmount.Max(five, seven)));
        Assert.Equal((five, seven), (GrcAmount.Min(five, seven), GrcAmount.Max(seven, five)));
        Assert.Equal((true, false, false), (five < seven, five < new GrcAmount(5), seven < five));
        Assert.Equal((false, false, true), (five > seven, five > new GrcAmount(5), seven > five));
        Assert.Equal((true, true, false), (five <= seven, five <= new GrcAmount(5), seven <= five));
        Assert.Equal((false, true, true), (five >= seven, five >= new GrcAmount(5), seven >= five));
        Assert.Equal([-1, 0, 1], [five.CompareTo(seven), five.CompareTo(five), seven.CompareTo(five)]);
    }

    [Fact]
    public void Largest_IsTheWalletsOwnLimit() => Assert.Equal(200_000_000_000_000_000, GrcAmount.Largest.Halfords);

    [Fact]
    public void Arithmetic_BeyondTheRange_ThrowsInsteadOfWrapping()
    {
        var most = new GrcAmount(long.MaxValue);
        Assert.Throws<OverflowException>(() => most + new GrcAmount(1));
        Assert.Throws<OverflowException>(() => new GrcAmount(long.MinValue) - new GrcAmount(1));
        Assert.Throws<OverflowException>(() => -new GrcAmount(long.MinValue));
    }

    [Fact]
    public void TryFrom_NineDecimals_IsRefused()
    {
        Assert.True(GrcAmount.TryFrom(-2.50m, out var amount));
        Assert.Equal(-250_000_000, amount.Halfords);
        Assert.False(GrcAmount.TryFrom(0.123456789m, out _));
        Assert.False(GrcAmount.TryFrom(decimal.MaxValue, out _));
    }
}
