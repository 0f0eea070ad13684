namespace CreditManager.Options;

/// <summary>Files that hold secrets.</summary>
internal static class PrivateFile
{
    /// <summary>What is wrong with a file that is open to others, after its name.</summary>
    public const string OpenToOthers = "is open to other users; allowed: a file that only its owner can read (chmod 600).";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether others than its owner may do anything with a file.</summary>
    public static bool IsOpenToOthers(string path) => (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
}
