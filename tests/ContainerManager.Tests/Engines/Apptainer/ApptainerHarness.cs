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

    internal override async Task<int> InitOfAsync(ContainerSpec spec)
    {
        var master = ProcessTable.Naming($"[{spec.ContainerId}]").Single();
        var children = await File.ReadAllTextAsync($"/proc/{master}/task/{master}/children");
        var init = children.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Single(pid => File.ReadAllText($"/proc/{pid}/comm").Trim() == "appinit");
        return int.Parse(init, CultureInfo.InvariantCulture);
    }
}
