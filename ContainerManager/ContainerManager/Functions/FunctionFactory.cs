using ContainerManager.Billing;
using ContainerManager.Buckets;
using ContainerManager.Dispatching;
using ContainerManager.Persistence;
using ContainerManager.Stores;
using ContainerManager.Triggers;
using ContainerManager.Working;

namespace ContainerManager.Functions;

/// <summary>Makes the agents of functions.</summary>
internal sealed class FunctionFactory(IServiceProvider services, ManagerOptions options, TimeProvider time)
{
    public FunctionAgent Make(FunctionRow row)
    {
        var store = services.GetRequiredService<IObjectStore>();
        // Both remember something of their one function.
        var keeper = ActivatorUtilities.CreateInstance<ContainerKeeper>(services, ActivatorUtilities.CreateInstance<ImageCheck>(services));
        return new FunctionAgent(
            new FunctionContext(row, options.Window, new BucketSetupReader(store, row.Bucket, time), time),
            store,
            services.GetRequiredService<FunctionTable>(),
            services.GetRequiredService<ITaskLeases>(),
            services.GetRequiredService<InputWatch>(),
            services.GetRequiredService<SetupWatch>(),
            services.GetRequiredService<FundsDesk>(),
            services.GetRequiredService<ScheduleTrigger>(),
            services.GetRequiredService<StatusWriter>(),
            services.GetRequiredService<FunctionRecovery>(),
            services.GetRequiredService<RestKeeper>(),
            keeper,
            options,
            time,
            services.GetRequiredService<ILogger<FunctionAgent>>());
    }
}
