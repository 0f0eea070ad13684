using ServiceDefaults;

return await PlatformHost.RunAsync("credit-manager", () => Task.CompletedTask);
