using Scaler;
using ServiceDefaults;

return await PlatformHost.RunAsync("scaler", () => ScalerService.RunAsync(args));
