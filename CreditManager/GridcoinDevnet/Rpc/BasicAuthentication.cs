using System.Security.Cryptography;
using System.Text;
using ServiceDefaults;

namespace GridcoinDevnet.Rpc;

/// <summary>Refuses requests without the credentials, in the daemon's own words.</summary>
internal static class BasicAuthentication
{
    private const string Scheme = "Basic ";

    private const string Refusal =
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"\r\n"
        + "\"http://www.w3.org/TR/1999/REC-html401-19991224/loose.dtd\">\r\n"
        + "<HTML>\r\n<HEAD>\r\n<TITLE>Error</TITLE>\r\n"
        + "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=ISO-8859-1'>\r\n</HEAD>\r\n"
        + "<BODY><H1>401 Unauthorized.</H1></BODY>\r\n</HTML>";

    public static void UseBasicAuthentication(this WebApplication app, RpcCredentials credentials)
    {
        // Digests have one length, so the comparison tells nothing of the password by its time.
        var expected = Digest(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}")));
        app.Use((context, next) =>
            context.Request.Path == "/health" || Matches(context.Request, expected) ? next(context) : RefuseAsync(context.Response));
    }

    /// <summary>Answers 401 as the daemon does.</summary>
    public static Task RefuseAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = "Basic realm=\"jsonrpc\"";
        response.ContentType = "text/html";
        return response.WriteAsync(Refusal);
    }

    private static bool Matches(HttpRequest request, byte[] expected)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Digest(header[Scheme.Length..].Trim()), expected);
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
