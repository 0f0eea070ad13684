namespace ContainerManager.Engines.Processes;

/// <summary>The shell scripts that are part of this program.</summary>
internal static class EmbeddedScript
{
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedScript).Assembly.GetManifestResourceStream($"Engines/{name}")
            ?? throw new InvalidOperationException($"The program was built without its {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
