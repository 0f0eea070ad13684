using System.Net;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public class WritingTests
{
    [Fact]
    public async Task Book_ManyAtTheSameTime_MakesOneChainAndLosesNothing()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        var database = credit.Services.GetRequiredService<CreditDatabase>();
        await Parallel.ForAsync(0, 40, (i, _) =>
        {
            database.Write(db => db.Book(credit.Time.GetUtcNow(), [Draft(1), Draft(2)]));
            return ValueTask.CompletedTask;
        });

        var ledger = database.Read(db => db.ListLedger(0, 1000));
        Assert.Equal(80, ledger.Count);
        Assert.Null(LedgerFaults.First(ledger));
        Assert.Equal(new GrcAmount(120), database.Read(db => db.FindBalance("wallet:alice")));
        Assert.Equal(new GrcAmount(-120), database.Read(db => db.FindBalance("outside")));
    }

    [Fact]
    public async Task Write_ThatThrows_LeavesNothing()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        var database = credit.Services.GetRequiredService<CreditDatabase>();
        Assert.Throws<InvalidOperationException>(() => database.Write(db =>
        {
            db.Book(credit.Time.GetUtcNow(), [Draft(1)]);
            throw new InvalidOperationException();
        }));
        Assert.Empty(database.Read(db => db.ListLedger(0, 10)));
        Assert.Null(database.Read(db => db.FindBalance("outside")));
    }

    [Fact]
    public async Task Read_WhileOthersWrite_SeesOneMomentThroughout()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        var database = credit.Services.GetRequiredService<CreditDatabase>();
        var (before, after) = database.Read(db =>
        {
            var first = db.ExecuteScalar<long>("SELECT COUNT(*) FROM ledger");
            database.Write(other => other.Book(credit.Time.GetUtcNow(), [Draft(1)]));
            return (first, db.ExecuteScalar<long>("SELECT COUNT(*) FROM ledger"));
        });
        Assert.Equal((0, 0), (before, after));
        Assert.Single(database.Read(db => db.ListLedger(0, 10)));
    }

    [Fact]
    public async Task Book_SumBeyondSixtyFourBits_IsRefusedAsAWhole()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        var database = credit.Services.GetRequiredService<CreditDatabase>();
        database.Write(db => db.Book(credit.Time.GetUtcNow(), [Draft(long.MaxValue)]));
        Assert.ThrowsAny<System.Data.Common.DbException>(() => database.Write(db => db.Book(credit.Time.GetUtcNow(), [Draft(1)])));
        Assert.Single(database.Read(db => db.ListLedger(0, 10)));
    }

    [Fact]
    public async Task Request_TextWithAZeroByte_IsRefusedOrFindsNothing()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-1", "1\0")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("zero byte", refused.Message, StringComparison.Ordinal);

        var unknown = await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetUserAsync("bob", new UserSettings(Tariff: "a\0b")));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
    }

    private static LedgerDraft Draft(long halfords) =>
        new(LedgerKinds.Deposit, LedgerAccounts.Outside, LedgerAccounts.Wallet("alice"), new GrcAmount(halfords), "{}");
}
