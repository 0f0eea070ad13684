using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests.Ledgers;

/// <summary>One change of one member of one line.</summary>
internal sealed record LineMutation(int Line, string Before, string After)
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz{}\"':.,-/+= ";

    /// <summary>Any single change of any member, nested ones included, of any line.</summary>
    public static Gen<LineMutation> Of(IReadOnlyList<string> lines) =>
        from line in Gen.Choose(0, lines.Count - 1)
        let root = JsonNode.Parse(lines[line])!.AsObject()
        let paths = Paths(root).ToList()
        from path in Gen.Elements(paths.AsEnumerable())
        from position in Gen.Choose(0, 10_000)
        from letter in Gen.Elements(Letters.ToCharArray())
        from number in Seeded.Between(-3, 3).Where(n => n != 0)
        let changed = Change(root, path, position, letter, number)
        where changed is not null
        select new LineMutation(line, lines[line], changed);

    private static IEnumerable<string[]> Paths(JsonObject root, params string[] above) =>
        root.SelectMany(m => m.Value is JsonObject inner ? Paths(inner, [.. above, m.Key]) : [[.. above, m.Key]]);

    private static string? Change(JsonObject root, string[] path, int position, char letter, long number)
    {
        var parent = path.SkipLast(1).Aggregate(root, (node, key) => node[key]!.AsObject());
        var old = parent[path[^1]]!;
        if (old.GetValueKind() == JsonValueKind.Number)
        {
            parent[path[^1]] = old.GetValue<long>() + number;
            return root.ToJsonString();
        }

        var (before, after) = (old.GetValue<string>(), Replace(old.GetValue<string>(), position, letter));
        parent[path[^1]] = after;
        return after == before ? null : root.ToJsonString();
    }

    private static string Replace(string text, int position, char letter)
    {
        var at = position % (text.Length + 1);
        return at == text.Length ? text + letter : string.Concat(text.AsSpan(0, at), letter.ToString(), text.AsSpan(at + 1));
    }
}
