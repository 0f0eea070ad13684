namespace CreditCtl.Hosting;

/// <summary>What the program ends with; scripts rely on it.</summary>
internal static class ExitCodes
{
    public const int Right = 0;

    /// <summary>What was checked is wrong, or what was asked for is not there.</summary>
    public const int Wrong = 1;

    /// <summary>The command line is wrong, or a file cannot be read or written.</summary>
    public const int Usage = 2;

    /// <summary>CreditManager cannot be reached or refuses.</summary>
    public const int Refused = 3;

    /// <summary>For --help.</summary>
    public const string Described =
        "Exit codes: 0 done, or right; 1 what was checked is wrong, or what was asked for does not exist; "
        + "2 the command line is wrong, or a file cannot be read or written; 3 CreditManager cannot be reached or refuses.";
}
