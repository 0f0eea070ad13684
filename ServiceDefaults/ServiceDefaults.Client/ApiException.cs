using System.Net;

namespace ServiceDefaults.Client;

/// <summary>A service refused a request, or could not be reached at all.</summary>
public sealed class ApiException : Exception
{
    public ApiException(string message, HttpStatusCode? status = null, Exception? innerException = null)
        : base(message, innerException) => Status = status;

    /// <summary>The HTTP status of the refusal; null where the service gave no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>True where no answer came, or only one that says "not now": the same request may go through later.</summary>
    public bool IsTransient => Status is null or >= HttpStatusCode.InternalServerError
        or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
}
