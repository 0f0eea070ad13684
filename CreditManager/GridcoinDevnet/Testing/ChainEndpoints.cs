using System.Security.Cryptography;
using GridcoinDevnet.Wallet;
using Microsoft.AspNetCore.Mvc;

namespace GridcoinDevnet.Testing;

/// <summary>Coins from the chain that is not there.</summary>
/// <param name="Account">Whose they are.</param>
/// <param name="Halfords">How many, more than 0.</param>
/// <param name="Confirmations">How deep in the chain.</param>
internal sealed record ChainDeposit(string Account, long Halfords, int Confirmations = 0);

/// <summary>The transaction of a <see cref="ChainDeposit"/>.</summary>
internal sealed record ChainTransaction(string TxId, int Confirmations);

/// <summary>For tests: <c>POST /chain/deposits</c> pays in, <c>PUT /chain/transactions</c> sets the confirmations.</summary>
internal static class ChainEndpoints
{
    public static void MapChain(this WebApplication app)
    {
        app.MapPost("/chain/deposits", async ([FromBody] ChainDeposit deposit, WalletBook book, TimeProvider time) =>
        {
            if (deposit.Halfords <= 0)
            {
                return Results.Problem("halfords must be more than 0.", statusCode: 400);
            }

            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            await book.WithAsync(b =>
            {
                b.Write(new Received(id, deposit.Account, b.UnusedAddress(deposit.Account), deposit.Halfords, deposit.Confirmations, now));
                return true;
            });
            return Results.Ok(new ChainTransaction(id, deposit.Confirmations));
        });
        app.MapPut("/chain/transactions", async ([FromBody] ChainTransaction transaction, WalletBook book) =>
        {
            var known = await book.WithAsync(b =>
            {
                var exists = b.State.Received.Any(r => r.TxId == transaction.TxId);
                if (exists)
                {
                    b.Write(new ConfirmationsSet(transaction.TxId, transaction.Confirmations));
                }

                return exists;
            });
            return known ? Results.Ok(transaction) : Results.Problem("no such transaction.", statusCode: 404);
        });
    }
}
