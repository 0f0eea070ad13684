using ServiceDefaults;

return await PlatformHost.RunAsync("container-manager", () => Task.CompletedTask);
