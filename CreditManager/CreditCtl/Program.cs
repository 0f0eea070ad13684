using CreditCtl;
using CreditCtl.Hosting;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
