namespace ServiceDefaults;

/// <summary>User and password of a wallet's RPC interface. Never logged: <see cref="ToString"/> does not show them.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Password">Its password.</param>
public sealed record RpcCredentials(string User, string Password)
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with a credentials file; null where it can be used.</summary>
    public static string? FindFault(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return $"\"{path}\" does not exist; allowed: a file with the lines rpcuser=NAME and rpcpassword=PASSWORD.";
            }

            if ((File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                return $"\"{path}\" is open to other users; allowed: a file that only its owner can read (chmod 600).";
            }

            return Find(path) is null ? $"\"{path}\" lacks a line rpcuser=NAME or rpcpassword=PASSWORD." : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"\"{path}\" cannot be read: {e.Message}";
        }
    }

    /// <summary>Reads a file that <see cref="FindFault"/> found nothing wrong with.</summary>
    /// <exception cref="IOException">It changed since and cannot be used any more.</exception>
    public static RpcCredentials Read(string path) =>
        Find(path) ?? throw new IOException($"\"{path}\" lacks a line rpcuser=NAME or rpcpassword=PASSWORD.");

    /// <summary>Tells nothing of the credentials.</summary>
    public override string ToString() => nameof(RpcCredentials);

    private static RpcCredentials? Find(string path)
    {
        var settings = File.ReadLines(path)
            .Select(line => line.Trim().Split('=', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim(), parts => parts[1].Trim())
            .ToDictionary(g => g.Key, g => g.Last());
        return settings.GetValueOrDefault("rpcuser") is { Length: > 0 } user
            && settings.GetValueOrDefault("rpcpassword") is { Length: > 0 } password
            ? new RpcCredentials(user, password)
            : null;
    }
}
