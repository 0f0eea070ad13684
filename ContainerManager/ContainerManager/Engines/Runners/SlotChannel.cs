using System.IO.Pipes;
using System.Text;
using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Runners;

/// <summary>
/// The two FIFOs between this service and the runner of a slot. Opened for reading and writing on both sides, so that
/// neither side's end closes them. Replies only say "look again": the truth is in the attempt's status file.
/// </summary>
internal sealed class SlotChannel : IAsyncDisposable
{
    private readonly AnonymousPipeClientStream _requests;
    private readonly AnonymousPipeClientStream _replies;
    private readonly byte[] _buffer = new byte[4096];

    private SlotChannel(AnonymousPipeClientStream requests, AnonymousPipeClientStream replies) =>
        (_requests, _replies) = (requests, replies);

    /// <summary>FIFO that the runner reads.</summary>
    public static string RequestsOf(string slotDirectory) => Path.Combine(slotDirectory, "requests");

    /// <summary>FIFO that the runner writes.</summary>
    public static string RepliesOf(string slotDirectory) => Path.Combine(slotDirectory, "replies");

    public static SlotChannel Open(string slotDirectory)
    {
        var requests = new AnonymousPipeClientStream(PipeDirection.Out, NativeMethods.OpenFifo(RequestsOf(slotDirectory)));
        try
        {
            return new SlotChannel(
                requests, new AnonymousPipeClientStream(PipeDirection.In, NativeMethods.OpenFifo(RepliesOf(slotDirectory))));
        }
        catch (IOException)
        {
            requests.Dispose();
            throw;
        }
    }

    /// <summary>Asks for an attempt; asking again for the same one is harmless.</summary>
    public Task RequestAsync(AttemptFiles attempt, CancellationToken cancellationToken) =>
        SendAsync($"{attempt.AttemptId} {Escape(attempt.TaskFileName)}", cancellationToken);

    /// <summary>Sends a line of ASCII.</summary>
    public async Task SendAsync(string line, CancellationToken cancellationToken) =>
        await _requests.WriteAsync(Encoding.ASCII.GetBytes(line + '\n'), cancellationToken);

    /// <summary>Waits until the runner has said anything at all.</summary>
    public async Task WaitForReplyAsync(CancellationToken cancellationToken) =>
        await _replies.ReadAtLeastAsync(_buffer, 1, throwOnEndOfStream: false, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _requests.DisposeAsync();
        await _replies.DisposeAsync();
    }

    /// <summary>As the shell's <c>printf '%b'</c> reads it: a name may hold newlines and quotes, a line of a request may not.</summary>
    internal static string Escape(string name)
    {
        var escaped = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            _ = char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'-' or (byte)'_'
                ? escaped.Append((char)value)
                : escaped.Append("\\0").Append(Convert.ToString(value, 8).PadLeft(3, '0'));
        }

        return escaped.ToString();
    }
}
