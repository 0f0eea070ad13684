using CreditManager;
using ServiceDefaults;

return await PlatformHost.RunAsync("credit-manager", () => CreditService.RunAsync(args));
