using System.CommandLine;
using CreditCtl.Hosting;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace CreditCtl.Connections;

/// <summary>The options of every command that asks CreditManager.</summary>
internal sealed class ServiceOptions(Terminal terminal)
{
    public const string UrlVariable = "SCP_CREDIT_URL";
    public const string TokenFileVariable = "SCP_CREDIT_TOKEN_FILE";

    private readonly Option<string?> _url = new("--url")
    {
        Description = $"CreditManager's address, such as http://127.0.0.1:7300. Default: the environment's {UrlVariable}.",
        HelpName = "URL",
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = $"File with CreditManager's token in its first line. Default: the environment's {TokenFileVariable}; none where CreditManager wants none.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_tokenFile);
    }

    /// <summary>Runs something with a connection.</summary>
    /// <exception cref="CtlException">It is not said where CreditManager is, or its token cannot be read.</exception>
    /// <exception cref="ApiException">CreditManager cannot be reached or refuses.</exception>
    public async Task<int> WithApiAsync(ParseResult parsed, Func<ICreditApi, Task<int>> run)
    {
        using var http = ServiceConnection.Open(Address(parsed), Token(parsed));
        return await run(new CreditClient(http));
    }

    private Uri Address(ParseResult parsed)
    {
        var text = parsed.GetValue(_url) ?? NotEmpty(terminal.Environment(UrlVariable))
            ?? throw CtlException.Usage($"where is CreditManager? Say it by --url, such as http://127.0.0.1:7300, or by {UrlVariable} in the environment.");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw CtlException.Usage($"\"{text}\" is no address; allowed: one such as http://127.0.0.1:7300.");
    }

    private string? Token(ParseResult parsed)
    {
        if ((parsed.GetValue(_tokenFile) ?? NotEmpty(terminal.Environment(TokenFileVariable))) is not { } file)
        {
            return null;
        }

        try
        {
            var token = File.ReadLines(file).FirstOrDefault()?.Trim();
            return !string.IsNullOrEmpty(token) && token.All(c => c is > ' ' and < '\u007f')
                ? token
                : throw CtlException.Usage($"the token file {file} has no token in its first line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CtlException.Usage($"the token file {file} cannot be read: {e.Message}", e);
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
