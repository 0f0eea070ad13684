using ServiceDefaults;

return await PlatformHost.RunAsync("gridcoin-devnet", () => Task.CompletedTask);
