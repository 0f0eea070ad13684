using System.Runtime.InteropServices;

namespace ContainerManager.Files;

/// <summary>A system call failed.</summary>
/// <param name="error">The error number.</param>
/// <param name="what">What was being done, and to what.</param>
internal sealed class SystemCallException(int error, string what) : IOException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}")
{
    /// <summary>The error number; see <see cref="ErrorNumber"/>.</summary>
    public int Error => error;

    /// <summary>Of the call that this thread made last.</summary>
    public static SystemCallException Last(string what) => new(Marshal.GetLastPInvokeError(), what);
}

/// <summary>Linux's error numbers; the same on every architecture that .NET runs on.</summary>
internal static class ErrorNumber
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NoAccess = 13;
    public const int Exists = 17;
    public const int OtherDevice = 18;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int InvalidArgument = 22;
    public const int FileTooBig = 27;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int NameTooLong = 36;
    public const int NotEmpty = 39;
    public const int TooManyLinks = 40;
    public const int OverQuota = 122;
}
