using ServiceDefaults;

namespace ContainerManager.Engines;

/// <summary>Section <c>engine</c>: what containers are started with.</summary>
internal sealed class EngineOptions : IPlatformOptions
{
    /// <summary>
    /// The unprivileged user that containers and builds run as, where the service itself is root; it needs lines in
    /// /etc/subuid and /etc/subgid to build images. Ignored where the service is not root. Default scp-tasks.
    /// </summary>
    public string User { get; set; } = "scp-tasks";

    /// <summary>Absolute path of a directory of this service's own for images, builds and records of containers. Required.</summary>
    public string CacheDirectory { get; set; } = "";

    /// <summary>Where the operator keeps images that definitions may build upon (<c>Bootstrap: localimage</c>); none where left out.</summary>
    public string? ImagesDirectory { get; set; }

    /// <summary>
    /// Absolute path of the socket of a Docker server, or of one that speaks its API, for functions with <c>engine: docker</c>; none where
    /// left out, and such functions are told so. Who may ask for it may run any image that this server can fetch.
    /// </summary>
    public string? DockerSocket { get; set; }

    /// <summary>Longest a build, or the fetching of an image, may take, 1 s to 1 day. Default 20m.</summary>
    public TimeSpan BuildTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Longest the start of a container, or of a slot in it, may take, 1 s to 1 h. Default 60s.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (!Path.IsPathFullyQualified(CacheDirectory))
        {
            yield return $"cache_directory: \"{CacheDirectory}\" is not allowed; allowed: an absolute path.";
        }

        if (ImagesDirectory is not null && !Path.IsPathFullyQualified(ImagesDirectory))
        {
            yield return $"images_directory: \"{ImagesDirectory}\" is not allowed; allowed: an absolute path.";
        }

        if (DockerSocket is not null && !Path.IsPathFullyQualified(DockerSocket))
        {
            yield return $"docker_socket: \"{DockerSocket}\" is not allowed; allowed: an absolute path.";
        }

        if (BuildTimeout < TimeSpan.FromSeconds(1) || BuildTimeout > TimeSpan.FromDays(1))
        {
            yield return $"build_timeout: {BuildTimeout.TotalSeconds} s is not allowed; allowed: 1s to 1d.";
        }

        if (StartTimeout < TimeSpan.FromSeconds(1) || StartTimeout > TimeSpan.FromHours(1))
        {
            yield return $"start_timeout: {StartTimeout.TotalSeconds} s is not allowed; allowed: 1s to 1h.";
        }

        if (Environment.IsPrivilegedProcess && Processes.TaskUser.Find(User) is null)
        {
            yield return $"user: \"{User}\" is no user of this machine; deployment/scripts/install/task-user.sh makes it.";
        }
    }
}
