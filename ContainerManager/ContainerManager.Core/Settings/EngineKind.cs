namespace ContainerManager.Core.Settings;

/// <summary>What runs a function's container.</summary>
public enum EngineKind
{
    /// <summary>Apptainer: image files and definitions of the bucket.</summary>
    Apptainer,

    /// <summary>A Docker server: images of a registry.</summary>
    Docker,
}
