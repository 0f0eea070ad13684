namespace ContainerManager.Core.Containers;

/// <summary>Ids: up to 40 characters of the function's name, a dash, ten random characters.</summary>
public static class ContainerName
{
    /// <summary>Random characters of an id; 36^10 ids per function are never used up.</summary>
    public const int RandomLength = 10;

    /// <summary>What the random part is made of.</summary>
    public const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    private const int MaxFunctionLength = 40;

    /// <summary>Makes an id.</summary>
    public static string Make(string function, string random)
    {
        ArgumentNullException.ThrowIfNull(function);
        return $"{(function.Length > MaxFunctionLength ? function[..MaxFunctionLength] : function)}-{random}";
    }
}
