using ContainerManager;
using ServiceDefaults;

return await PlatformHost.RunAsync("container-manager", () => ContainerManagerService.RunAsync(args));
