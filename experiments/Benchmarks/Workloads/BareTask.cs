using System.Globalization;
using Testing;

namespace Benchmarks.Workloads;

/// <summary>A task in its container by Apptainer alone: nobody scales, meters or bills.</summary>
internal static class BareTask
{
    public static async Task<TaskFigures> RunAsync(WorkloadFiles files, Workload workload, int number)
    {
        using var output = new TempDirectory();
        var lines = await Shell.RunAsync(
            """
            cp "$2" "$5/process_task.sh"
            mkdir "$5/output"
            apptainer --silent exec --no-privs --containall --no-home --bind "$3:/input:ro" --bind "$4:/staging:ro" --bind "$5:/work" "$1" \
                bash -c 'TIMEFORMAT="%R %U %S"; time bash /work/process_task.sh "/input/$1" /work/output >/work/log 2>&1' task "$6" 2>&1 || { cat "$5/log" >&2; exit 1; }
            """,
            files.Image(workload),
            WorkloadFiles.Script(workload),
            Path.GetDirectoryName(files.Task(workload, number))!,
            files.Staging(workload),
            output.Path,
            Path.GetFileName(files.Task(workload, number)));
        var times = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToList();
        return new TaskFigures(
            workload.Name, WorkloadMode.Bare, number, TimeSpan.FromSeconds(times[0]), (long)((times[1] + times[2]) * 1e6), AllocatedMicroseconds: null, CostHalfords: null);
    }
}
