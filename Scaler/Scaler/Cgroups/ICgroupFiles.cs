namespace Scaler.Cgroups;

/// <summary>
/// The few file operations that cgroup file systems know. Every method throws <see cref="IOException"/> (a missing file as
/// <see cref="FileNotFoundException"/> or <see cref="DirectoryNotFoundException"/>) or <see cref="UnauthorizedAccessException"/>,
/// with the path in the message.
/// </summary>
internal interface ICgroupFiles
{
    /// <summary>Whether a file is there.</summary>
    bool FileExists(string path);

    /// <summary>Whether a directory is there.</summary>
    bool DirectoryExists(string path);

    /// <summary>A whole file.</summary>
    string Read(string path);

    /// <summary>The same as <see cref="Read"/>, for a small file that is read many times a second: it may stay open until its cgroup is removed.</summary>
    string ReadOften(string path);

    /// <summary>Hands text to the kernel in one write; never makes a file.</summary>
    void Write(string path, string text);

    /// <summary>Makes a cgroup unless it is there; the kernel fills it with files.</summary>
    void CreateDirectory(string path);

    /// <summary>Removes a cgroup, which must have no processes and no children; one that is not there is no error.</summary>
    void RemoveDirectory(string path);

    /// <summary>Names of the cgroups below one; none where it is not there.</summary>
    IReadOnlyList<string> ListDirectories(string path);
}
