using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CreditManager.Core.Alerts;

/// <summary>
/// The header by which a receiver knows that a call is the platform's, and how old it is: <c>t=SECONDS,v1=HEX</c>, where HEX is the
/// HMAC-SHA256 of <c>SECONDS.BODY</c>.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "X-Scp-Signature";

    /// <summary>The header's value.</summary>
    /// <param name="secret">What both sides know.</param>
    /// <param name="now">When the call is made.</param>
    /// <param name="body">What is sent.</param>
    public static string Of(ReadOnlySpan<byte> secret, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(secret, [.. Encoding.ASCII.GetBytes(seconds + "."), .. body]);
        return $"t={seconds},v1={Convert.ToHexStringLower(mac)}";
    }
}
