namespace CreditManager.Api;

/// <summary>Problem details that say what was wrong and what is allowed.</summary>
internal static class Refusals
{
    public static IResult BadRequest(IEnumerable<string> errors) =>
        Results.Problem(string.Join(" ", errors), statusCode: StatusCodes.Status400BadRequest, title: "Bad request");

    public static IResult NoSuchUser(string user) =>
        Results.Problem($"There is no user \"{user}\".", statusCode: StatusCodes.Status404NotFound, title: "No such user");

    /// <summary>No errors where <paramref name="met"/>, else the one.</summary>
    public static IEnumerable<string> Require(bool met, string error) => met ? [] : [error];
}
