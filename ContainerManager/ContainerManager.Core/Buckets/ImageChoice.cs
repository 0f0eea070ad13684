namespace ContainerManager.Core.Buckets;

/// <summary>Which of the files below <c>utils/</c> is the function's image.</summary>
/// <param name="Name">Its name below <c>utils/</c>; null where there is none.</param>
/// <param name="Problem">Why there is none, in words; null where there is one.</param>
public sealed record ImageChoice(string? Name, string? Problem)
{
    /// <summary>Chooses.</summary>
    /// <param name="names">Names below <c>utils/</c>.</param>
    /// <param name="asked">The <c>image</c> setting; null where there is none.</param>
    public static ImageChoice Of(IEnumerable<string> names, string? asked)
    {
        var images = names.Where(IsImage).Order(StringComparer.Ordinal).ToList();
        if (asked is not null)
        {
            return images.Contains(asked, StringComparer.Ordinal)
                ? new ImageChoice(asked, null)
                : new ImageChoice(null, $"image missing: function.yaml names \"{asked}\", but there is no utils/{asked}.");
        }

        return images switch
        {
            [] => new ImageChoice(null, "image missing: put a .sif or .def file into utils/."),
            [var only] => new ImageChoice(only, null),
            _ => new ImageChoice(null, $"several images in utils/ ({string.Join(", ", images)}): name one in function.yaml as `image: {images[0]}`."),
        };
    }

    /// <summary>Whether a file of this name can be an image.</summary>
    public static bool IsImage(string name) =>
        !name.Contains('/', StringComparison.Ordinal)
        && (name.EndsWith(".sif", StringComparison.Ordinal) || name.EndsWith(".def", StringComparison.Ordinal));
}
