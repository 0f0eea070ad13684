namespace CreditCtl.Hosting;

/// <summary>The command ends here, with one sentence for the person.</summary>
internal sealed class CtlException(string message, int exitCode = ExitCodes.Wrong, Exception? innerException = null)
    : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>A file that cannot be read or written, or a wrong option.</summary>
    public static CtlException Usage(string message, Exception? innerException = null) => new(message, ExitCodes.Usage, innerException);
}
