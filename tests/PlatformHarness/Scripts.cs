namespace PlatformHarness;

/// <summary>Task scripts. Each gets the task file and the output directory.</summary>
internal static class Scripts
{
    /// <summary>Copies the task file to the results.</summary>
    public const string Copy = """
        echo "started $(basename "$1")"
        cat "$1" > "$2/copy"
        """;

    /// <summary>Uses as many CPU seconds as the task file says, on one core, however long that takes.</summary>
    public const string Burn = """
        echo "started"
        ticks=$(($(cat "$1") * 100))
        while read -r -a stat </proc/self/stat && ((stat[13] + stat[14] < ticks)); do
            for ((i = 0; i < 1000; i++)); do :; done
        done
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
