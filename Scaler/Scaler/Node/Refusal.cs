namespace Scaler.Node;

/// <summary>What was asked is not done; says what was wrong and what is allowed.</summary>
internal sealed record Refusal(int Status, string Detail)
{
    public static Refusal Invalid(IEnumerable<string> errors) => new(StatusCodes.Status400BadRequest, string.Join(' ', errors));

    public static Refusal Unknown(string containerId) => new(StatusCodes.Status404NotFound, $"There is no container \"{containerId}\" on this node.");

    public static Refusal Conflict(string detail) => new(StatusCodes.Status409Conflict, detail);

    public static Refusal NotNow(string detail) => new(StatusCodes.Status503ServiceUnavailable, detail);
}

/// <summary>A value, or why there is none.</summary>
internal sealed record Outcome<T>
    where T : class
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    /// <summary>A value whose type is an interface, which no operator converts.</summary>
    public static Outcome<T> Of(T value) => new(value, null);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}
