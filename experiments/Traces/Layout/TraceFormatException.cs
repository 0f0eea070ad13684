namespace Traces.Layout;

/// <summary>A trace that cannot be read; the message names file, line and column, what is there and what is allowed.</summary>
internal sealed class TraceFormatException : Exception
{
    public TraceFormatException(string message)
        : base(message)
    {
    }

    public TraceFormatException()
    {
    }

    public TraceFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
