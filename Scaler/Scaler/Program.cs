using ServiceDefaults;

return await PlatformHost.RunAsync("scaler", () => Task.CompletedTask);
