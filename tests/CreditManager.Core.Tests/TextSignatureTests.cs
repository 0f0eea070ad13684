using System.Security.Cryptography;
using CreditManager.Core.Receipts;

namespace CreditManager.Core.Tests;

public sealed class TextSignatureTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Of_Receipt_IsFormatProviderAndHashOnLines() => Assert.Equal("scp-receipt-1\nprovider\nabc", ReceiptText.Of("provider", "abc"));

    [Fact]
    public void Of_Export_IsFormatProviderNumberAndHashOnLines() =>
        Assert.Equal("scp-ledger-export-1\nprovider\n12345\nabc", ExportText.Of("provider", 12_345, "abc"));

    [Fact]
    public void Sign_Text_IsVerifiedByTheFrameworksOwnMeans()
    {
        var signature = TextSignature.Sign("a text", _key);

        var publicKey = Convert.FromBase64String(signature.PublicKey);
        using var other = ECDsa.Create();
        other.ImportSubjectPublicKeyInfo(publicKey, out _);
        var bytes = Convert.FromBase64String(signature.Signature);
        Assert.Equal(64, bytes.Length);
        Assert.True(other.VerifyData("a text"u8, bytes, HashAlgorithmName.SHA256));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(publicKey)), signature.KeyId);
        Assert.Null(signature.FindFault("a text"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a texu")]
    [InlineData("a text ")]
    public void FindFault_AnotherText_SaysSo(string text) =>
        Assert.Equal("the signature is not of this text by this key.", TextSignature.Sign("a text", _key).FindFault(text));

    [Fact]
    public void FindFault_AnotherKey_SaysSo()
    {
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var theirs = TextSignature.Sign("a text", another);
        Assert.Equal(
            "the signature is not of this text by this key.", (theirs with { Signature = TextSignature.Sign("a text", _key).Signature }).FindFault("a text"));
    }

    [Fact]
    public void FindFault_AnotherKeyId_NamesBoth()
    {
        var signature = TextSignature.Sign("a text", _key);
        Assert.Equal($"the key id is 00, and that of the public key is {signature.KeyId}.", (signature with { KeyId = "00" }).FindFault("a text"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public void FindFault_SignatureThatIsNone_SaysSo(string text) => Assert.Equal(
        "the signature is not of this text by this key.", (TextSignature.Sign("a text", _key) with { Signature = text }).FindFault("a text"));

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public void FindFault_KeyThatIsNone_SaysSo(string key) => AssertUnsuitable(key);

    [Fact]
    public void FindFault_KeyOfAnotherKind_SaysSo()
    {
        using var rsa = RSA.Create(1024);
        AssertUnsuitable(Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()));
        using var longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        AssertUnsuitable(Convert.ToBase64String(longer.ExportSubjectPublicKeyInfo()));
        using var sibling = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        AssertUnsuitable(Convert.ToBase64String(sibling.ExportSubjectPublicKeyInfo()));
        AssertUnsuitable(Convert.ToBase64String([.. _key.ExportSubjectPublicKeyInfo(), 0]));
    }

    [Fact]
    public void IsSuitable_OnlyP256()
    {
        Assert.True(TextSignature.IsSuitable(_key));
        using var longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.False(TextSignature.IsSuitable(longer));
    }

    private void AssertUnsuitable(string publicKey) => Assert.Equal(
        "the public key is none of ECDSA on P-256 (SubjectPublicKeyInfo in base64).",
        (TextSignature.Sign("a text", _key) with { PublicKey = publicKey }).FindFault("a text"));
}
