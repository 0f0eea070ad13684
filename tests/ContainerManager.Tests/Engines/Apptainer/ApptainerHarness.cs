using System.Globalization;
using ContainerManager.Engines;
using ContainerManager.Engines.Apptainer;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace ContainerManager.Tests.Engines.Apptainer;

/// <summary>Apptainer.</summary>
public sealed class ApptainerHarness : EngineHarness
{
    internal override IContainerEngine NewEngine() =>
        new ApptainerEngine(Options, TimeProvider.System, NullLogger<ApptainerEngine>.Instance);

    internal override Task<string> ImageAsync(TestImage image) => TestImages.ImageFileAsync(image);

    internal override Task<int> InitOfAsync(ContainerSpec spec)
    {
        // The command that started the instance may be there still, under the same name: only the instance itself has a first process.
        var init = ProcessTable.Naming($"[{spec.ContainerId}]")
            .SelectMany(pid => ProcessTable.Read(pid, $"task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal)
            .Single(pid => ProcessTable.Read(pid, "comm").Trim() == "appinit");
        return Task.FromResult(int.Parse(init, CultureInfo.InvariantCulture));
    }
}
