using ContainerManager.Core.Buckets;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Where a function's image comes from.</summary>
/// <param name="Name">As its owner knows it: the file's name below <c>utils/</c>, or a name in a registry.</param>
/// <param name="File">The file; null for an image of a registry.</param>
internal sealed record ImageSource(string Name, ObjectInfo? File)
{
    /// <summary>Changes with the file.</summary>
    public string Version => File?.Version ?? "";

    public static ImageSource OfFile(ObjectInfo file) => new(file.Key[BucketLayout.Utils.Length..], file);

    public static ImageSource OfRegistry(string reference) => new(reference, null);
}
