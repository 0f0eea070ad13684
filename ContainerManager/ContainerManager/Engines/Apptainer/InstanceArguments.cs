namespace ContainerManager.Engines.Apptainer;

/// <summary>How an instance is contained.</summary>
internal static class InstanceArguments
{
    /// <summary>Characters that have a meaning of their own in apptainer's <c>--bind</c>.</summary>
    private static readonly char[] BindSyntax = [':', ',', '\\', '"'];

    public static IReadOnlyList<string> Of(ContainerSpec spec)
    {
        var workspace = spec.Workspace;
        if (workspace.Root.IndexOfAny(BindSyntax) >= 0)
        {
            throw new EngineException($"The work directory {workspace.Root} cannot be used: its name has a colon, comma, quote or backslash.");
        }

        return
        [
            "--quiet", "instance", "start", "--containall", "--cleanenv", "--no-home",
            "--workdir", workspace.TemporaryDirectory,
            "--bind", workspace.StagingDirectory + ":/staging:ro",
            "--bind", Path.GetDirectoryName(workspace.ScriptFile) + ":/script:ro",
            "--bind", Path.Combine(workspace.Root, "slots") + ":/slots",
            "--bind", StartScript.Of(workspace) + ":" + StartScript.Inside + ":ro",
            // A network namespace of its own with nothing in it but a loopback device.
            .. spec.AllowNetwork ? Array.Empty<string>() : ["--net", "--network", "none"],
            spec.Image.Path, spec.ContainerId,
        ];
    }
}
