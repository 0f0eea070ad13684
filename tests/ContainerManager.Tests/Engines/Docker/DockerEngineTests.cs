namespace ContainerManager.Tests.Engines.Docker;

[Collection(DockerServers.Collection)]
public sealed class DockerContractTests(SharedDocker docker) : EngineContractTests(new DockerHarness(docker.Daemon));

[Collection(DockerServers.Collection)]
public sealed class DockerRunnerTests(SharedDocker docker) : RunnerTests(new DockerHarness(docker.Daemon));

[Collection(DockerServers.Collection)]
public sealed class DockerContainmentTests(SharedDocker docker) : ContainmentTests(new DockerHarness(docker.Daemon));

[Collection(DockerServers.Collection)]
public sealed class DockerJoinFilesTests(SharedDocker docker) : JoinFilesTests(new DockerHarness(docker.Daemon));
