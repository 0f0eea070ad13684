using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CreditManager.Core.Ledger;
using CreditManager.Core.Receipts;
using CreditManager.Core.Tests.Ledgers;
using CreditManager.Core.Verification;

namespace CreditManager.Core.Tests;

public sealed class ReceiptProofTests
{
    /// <summary>Attempt a-2 of the history: 5,699,997 µs, 3,773,808 halfords.</summary>
    private static readonly LedgerEntry Attempt = LedgerBuilder.Everything().Entries[12];

    private static readonly string KeyId = TextSignature.IdOf(Exports.Key.ExportSubjectPublicKeyInfo());

    private readonly JsonObject _proof = ExportBuilder.Receipt(Attempt, Exports.Key);

    [Fact]
    public void Read_SignedReceipt_IsRight()
    {
        var receipt = ReceiptProof.Read(_proof.ToJsonString());
        Assert.Null(receipt.FindFault(null));
        Assert.Null(receipt.FindFault(KeyId));
        Assert.Equal(("provider", Attempt, "a-2", 3_773_808), (receipt.Provider, receipt.Entry, receipt.Attempt.Facts.AttemptId, receipt.Attempt.Cost.Halfords));
    }

    [Fact]
    public void Read_FileOfABucket_IsRight() => Assert.Null(ReceiptProof.Read(Bucket().ToJsonString()).FindFault(KeyId));

    [Theory]
    [InlineData("", "the line is not a JSON object (byte 1).")]
    [InlineData("{}", "this is no receipt: it has neither a member \"proof\" nor a member \"entry\".")]
    [InlineData("{\"proof\":null}", "the receipt has no proof yet: the provider has not signed it. Its file is written again when that is done.")]
    [InlineData("{\"proof\":1}", "proof is 1; it should be an object.")]
    [InlineData("{\"proof\":{}}", "proof.format is missing.")]
    [InlineData("{\"entry\":{},\"format\":\"scp-receipt-2\"}", "format is \"scp-receipt-2\"; it should be \"scp-receipt-1\": this program reads no other version.")]
    [InlineData("{\"entry\":{},\"format\":\"scp-receipt-1\"}", "entry.kind is missing.")]
    public void Read_SomethingElse_SaysWhatIsWrong(string json, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => ReceiptProof.Read(json)).Message);

    [Fact]
    public void Read_EntryOfAnotherKind_IsRefused()
    {
        var charge = ExportBuilder.Receipt(LedgerBuilder.Everything().Entries[3], Exports.Key);
        Assert.Equal("entry.kind is \"charge\"; it should be \"attempt\".", Assert.Throws<FormatException>(() => ReceiptProof.Read(charge.ToJsonString())).Message);
    }

    [Fact]
    public void Read_MoreThanAReceipt_IsRefused()
    {
        _proof["discount"] = 1;
        Assert.Equal(
            "discount is not part of this format; its members are format, provider, entry, key_id, public_key, signature.",
            Assert.Throws<FormatException>(() => ReceiptProof.Read(_proof.ToJsonString())).Message);
    }

    [Fact]
    public void FindFault_EntryChanged_NamesBothHashes()
    {
        _proof["entry"]!["at"] = "2026-01-01T00:00:06+00:00";
        var receipt = ReceiptProof.Read(_proof.ToJsonString());
        Assert.Equal(
            $"entry.hash is {Attempt.Hash}, and the entry's content makes {LedgerChain.Hash(receipt.Entry)}: the receipt was changed after it was signed.", receipt.FindFault(null));
    }

    [Fact]
    public void FindFault_CostThatIsNotTheSum_IsNamedThoughSigned()
    {
        var forged = LedgerBuilder.Forge([.. LedgerBuilder.Everything().Entries], 13, d => d with { Details = Forgery.Edit(d.Details, "cost_halfords", 1) })[12];
        Assert.Equal(
            "details.cost_halfords is 1; it should be 3773808, what its parts add up to.", ReceiptProof.Read(ExportBuilder.Receipt(forged, Exports.Key).ToJsonString()).FindFault(null));
    }

    [Fact]
    public void FindFault_OtherProvider_BreaksTheSignature()
    {
        _proof["provider"] = "mallory";
        Assert.Equal("the signature is not of this text by this key.", ReceiptProof.Read(_proof.ToJsonString()).FindFault(null));
    }

    [Fact]
    public void FindFault_SignedBySomebodyElse_IsFoundByTheKeyAlone()
    {
        using var mallory = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var receipt = ReceiptProof.Read(ExportBuilder.Receipt(Attempt, mallory).ToJsonString());
        Assert.Null(receipt.FindFault(null));
        Assert.EndsWith($"the given key's is {KeyId}: somebody else signed.", receipt.FindFault(KeyId), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task", "\"other\"", "task is \"other\"; it should be \"task-1\", as in the proof.")]
    [InlineData("function", "\"other\"", "function is \"other\"; it should be \"work\", as in the proof.")]
    [InlineData("user", "\"bob\"", "user is \"bob\"; it should be \"alice\", as in the proof.")]
    [InlineData("container_id", "\"c9\"", "container_id is \"c9\"; it should be \"c1\", as in the proof.")]
    [InlineData("image_sha256", "\"00\"", "image_sha256 is \"00\"; it should be \"1111111111111111111111111111111111111111111111111111111111111111\", as in the proof.")]
    [InlineData("script_sha256", "\"00\"", "script_sha256 is \"00\"; it should be \"2222222222222222222222222222222222222222222222222222222222222222\", as in the proof.")]
    [InlineData("task_sha256", "\"00\"", "task_sha256 is \"00\"; it should be \"3333333333333333333333333333333333333333333333333333333333333333\", as in the proof.")]
    [InlineData("usage_microseconds", "1", "usage_microseconds is 1; it should be 5700007, what its attempts add up to.")]
    [InlineData("cost_grc", "0.1", "cost_grc is \"0.1\"; it should be \"0.03773811\", what its attempts add up to.")]
    [InlineData("cost_grc", "\"x\"", "cost_grc is \"x\"; it should be a decimal number of GRC with at most 8 decimals, such as 1 or 0.05.")]
    [InlineData("cost_grc", "0.123456789", "cost_grc is 0.123456789; it should be a decimal number of GRC with at most 8 decimals, such as 1 or 0.05.")]
    [InlineData("attempts", "[]", "attempts is empty; it should hold the attempt that the proof is of.")]
    [InlineData("attempts.1.usage_microseconds", "1", "attempts[1].usage_microseconds is 1; it should be 5699997, as in the proof.")]
    [InlineData("attempts.1.cost_halfords", "1", "attempts[1].cost_halfords is 1; it should be 3773808, as in the proof.")]
    [InlineData("attempts.1.cost_halfords", "null", "attempts[1].cost_halfords is 0; it should be 3773808, as in the proof.")]
    [InlineData("attempts.0.cost_halfords", "\"1\"", "attempts[0].cost_halfords is \"1\"; it should be a whole number.")]
    public void Read_FileAroundTheProofSaysOtherwise_IsNamed(string path, string value, string expected)
    {
        var changed = Forgery.Edit(Bucket().ToJsonString(), path, JsonNode.Parse(value) ?? JsonValue.Create((string?)null)!);
        changed = value == "null" ? Bucket().ToJsonString().Replace("\"cost_halfords\":3773808", "\"cost_halfords\":null", StringComparison.Ordinal) : changed;
        Assert.Equal(expected, Assert.Throws<FormatException>(() => ReceiptProof.Read(changed)).Message);
    }

    [Fact]
    public void Read_CostNotKnownOutside_IsRight()
    {
        var file = Bucket();
        file["cost_grc"] = null;
        Assert.NotNull(ReceiptProof.Read(file.ToJsonString()));
        file.Remove("cost_grc");
        Assert.NotNull(ReceiptProof.Read(file.ToJsonString()));
    }

    [Fact]
    public void ReadPem_PublicKey_HasItsId()
    {
        Assert.Equal((KeyId, null), ProviderSignature.ReadPem(Exports.Key.ExportSubjectPublicKeyInfoPem()));
        Assert.Equal((null, "it holds no key in PEM; allowed: a file that begins with -----BEGIN PUBLIC KEY-----."), ProviderSignature.ReadPem("hello"));
        Assert.Equal((null, "it holds a EC PRIVATE KEY; allowed: a PUBLIC KEY."), ProviderSignature.ReadPem(Exports.Key.ExportECPrivateKeyPem()));
    }

    /// <summary>As ContainerManager writes it, with an attempt before that failed.</summary>
    private JsonObject Bucket() => new()
    {
        ["task"] = "task-1",
        ["task_id"] = "t1",
        ["function"] = "work",
        ["user"] = "alice",
        ["usage_microseconds"] = 5_700_007,
        ["cost_grc"] = 0.03773811m,
        ["container_id"] = "c1",
        ["image_sha256"] = new string('1', 64),
        ["script_sha256"] = new string('2', 64),
        ["task_sha256"] = new string('3', 64),
        ["attempts"] = new JsonArray(
            new JsonObject { ["attempt"] = 1, ["usage_microseconds"] = 10, ["cost_halfords"] = 3 },
            new JsonObject { ["attempt"] = 2, ["usage_microseconds"] = 5_699_997, ["cost_halfords"] = 3_773_808 }),
        ["proof"] = _proof.DeepClone(),
    };
}
