using System.Text.Json.Nodes;

namespace GridcoinDevnet.Testing;

/// <summary>How a faulty answer looks.</summary>
internal enum FaultyAnswerKind
{
    /// <summary>The right answer.</summary>
    Normal,

    /// <summary>An RPC error, with <see cref="Fault.Code"/>.</summary>
    Error,

    /// <summary>An HTTP status with an HTML body, see <see cref="Fault.Status"/>.</summary>
    Status,

    /// <summary>A body that is no JSON.</summary>
    Garbage,

    /// <summary>Half of the right answer, then the connection breaks.</summary>
    Truncated,

    /// <summary>The right answer twice in one body.</summary>
    Twice,

    /// <summary>Two whole HTTP answers to the one request.</summary>
    TwoAnswers,

    /// <summary>The connection breaks before anything is answered.</summary>
    Drop,

    /// <summary>Nothing, until the caller gives up.</summary>
    Hang,

    /// <summary>The result given in <see cref="Fault.Result"/>, whatever is true.</summary>
    Lie,
}

/// <summary>How the wallet is to misbehave.</summary>
/// <param name="Method">On calls of this method; <c>*</c> on all.</param>
/// <param name="Answer">What it answers.</param>
/// <param name="Apply">Whether it carries the call out all the same.</param>
/// <param name="DelayMilliseconds">How long it waits.</param>
/// <param name="DelayBeforeApply">Whether it waits before it carries the call out, even if the caller is gone by then; else after.</param>
/// <param name="Times">On how many calls.</param>
/// <param name="Code">RPC error code.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Result">The result of a lie.</param>
internal sealed record Fault(
    string Method,
    FaultyAnswerKind Answer = FaultyAnswerKind.Normal,
    bool Apply = true,
    int DelayMilliseconds = 0,
    bool DelayBeforeApply = false,
    int Times = 1,
    int Code = -4,
    int Status = 500,
    JsonNode? Result = null);
