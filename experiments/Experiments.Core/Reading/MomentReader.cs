using Experiments.Core.Scenarios;

namespace Experiments.Core.Reading;

/// <summary>Reads when something happens: <c>at</c>, or <c>after</c> a batch with a <c>pause</c>.</summary>
internal static class MomentReader
{
    public static Moment Read(YamlFields fields, IReadOnlyCollection<string> batches)
    {
        if (fields.Has("at") == fields.Has("after"))
        {
            fields.Fault("at", $"{(fields.Has("at") ? "is there beside after" : "missing")}; allowed: either at, a time since the start, or after, the name of a batch.");
        }

        var at = fields.Duration("at", TimeSpan.Zero);
        var pause = fields.Duration("pause", TimeSpan.Zero);
        if (fields.Has("pause") && !fields.Has("after"))
        {
            fields.Fault("pause", "is there without after; allowed: beside after.");
        }

        if (!fields.Has("after"))
        {
            _ = fields.Text("after");
            return new Moment(at);
        }

        var after = batches.Count > 0 ? fields.Word("after", "", batches) : fields.Text("after") ?? "";
        if (batches.Count == 0)
        {
            fields.Fault("after", $"there is no batch \"{after}\" before; allowed: the batch of an item above.");
        }

        return new Moment(pause, after);
    }
}
