namespace ContainerManager.Engines.Apptainer;

internal sealed partial class ImageCache
{
    [LoggerMessage(LogLevel.Information, "Building image {Image} ({Digest})")]
    private partial void LogBuilding(string image, string digest);

    [LoggerMessage(LogLevel.Information, "Built image {Image} ({Digest})")]
    private partial void LogBuilt(string image, string digest);
}
