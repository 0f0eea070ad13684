namespace ContainerManager.Tests.Stores;

/// <summary>Keys that are normal here.</summary>
internal static class HostileKeys
{
    public static readonly string[] All =
    [
        "input/with space", "input/ leading and trailing ", "input/'quotes\"`$(touch x)`", "input/new\nline", "input/return\rand\ttab",
        "input/..", "input/../escape", "../../etc/passwd", "..", ".", "a/./b", "-rf", "input/-n", "--", "input//double", "trailing/", "double//",
        "umlauts äöü € 😀", "e\u0301", "\ue000private", "\ufffd", "\ufffe", "control\u0001\u001b[31m\u007f", "line\u2028\u0085", "*?[]{}|;&<>!#~\\:@=+,%",
        "%41", "%2F%2e", "a+b c", ".hidden", ".scp-incoming", ".scp-incoming/x", "%scp=x", "%scp+x/y", "%scp>x/y", "%scp=%scp=x",
        new('k', 1024), "input/" + new string('n', 255), "logs/" + new string('n', 255) + ".log", new string('d', 300) + "/file",
        string.Concat(Enumerable.Repeat("😀", 256)), "input/" + string.Concat(Enumerable.Repeat("ä", 400)),
        string.Join('/', Enumerable.Repeat("d", 100)),
    ];

    public static TheoryData<string> Data => [.. All];
}
