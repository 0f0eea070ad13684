namespace EndToEnd.Tests;

/// <summary>Task scripts. Each gets the task file and the output directory.</summary>
internal static class Scripts
{
    /// <summary>Copies the task file to the results.</summary>
    public const string Copy = """
        echo "started $(basename "$1")"
        cat "$1" > "$2/copy"
        """;

    /// <summary>Uses one core for as many seconds as the task file says.</summary>
    public const string Burn = """
        echo "started"
        end=$((SECONDS + $(cat "$1")))
        while ((SECONDS < end)); do :; done
        echo "ended"
        """;

    /// <summary>Uses one core until a given amount of work is done, however long that takes.</summary>
    public const string Count = """
        echo "started"
        n=$(cat "$1")
        for ((i = 0; i < n; i++)); do :; done
        echo "ended"
        """;

    public const string Fail = """
        echo "cannot do $(basename "$1")" >&2
        exit 3
        """;

    /// <summary>Grows without end.</summary>
    public const string EatMemory = """
        text=x
        while true; do text=$text$text; done
        """;
}
