using GridcoinDevnet;
using ServiceDefaults;

return await PlatformHost.RunAsync("gridcoin-devnet", () => DevnetService.RunAsync(args));
