using System.Globalization;
using Testing;

namespace Benchmarks.Workloads;

/// <summary>Images, scripts, and the inputs that were made; removed at the end but for the images.</summary>
/// <param name="images">Where the images are.</param>
internal sealed class WorkloadFiles(string images) : IDisposable
{
    private const int ClipSeconds = 10;
    private readonly TempDirectory _directory = new();

    public string Directory => _directory.Path;

    public string Image(Workload workload) => Path.Combine(images, workload.Name + ".sif");

    public static string Script(Workload workload) => Path.Combine(Repository.Root, "images", workload.Name + ".process_task.sh");

    public string Task(Workload workload, int number) =>
        _directory.Combine(workload.Name, string.Create(CultureInfo.InvariantCulture, $"{number:D3}{workload.Extension}"));

    /// <summary>The directory of what all tasks read; there even if it is empty.</summary>
    public string Staging(Workload workload) => _directory.Combine(workload.Name, "staging");

    /// <summary>Makes the task files 1 to <paramref name="tasks"/>.</summary>
    public async Task MakeAsync(Workload workload, int tasks)
    {
        System.IO.Directory.CreateDirectory(Staging(workload));
        if (workload.MakeStaging is var (key, make))
        {
            await make(this, Path.Combine(Staging(workload), key));
        }

        for (var number = 1; number <= tasks; number++)
        {
            await workload.MakeTask(this, number, Task(workload, number));
        }
    }

    /// <summary>A moving test picture with noise and a tone; another number, another tone.</summary>
    public Task ClipAsync(int number, string path) => Shell.RunAsync(
        """
        apptainer --silent exec --no-privs --containall --no-home --bind "$(dirname "$2")" "$1" \
            ffmpeg -nostdin -loglevel error -f lavfi -i "testsrc2=size=640x360:rate=25:duration=$3,noise=alls=10:allf=t" \
            -f lavfi -i "sine=frequency=$4:duration=$3" -c:v mpeg2video -q:v 4 -c:a pcm_s16le "$2"
        """,
        Path.Combine(images, "transcode.sif"),
        path,
        ClipSeconds.ToString(CultureInfo.InvariantCulture),
        (200 + (40 * number)).ToString(CultureInfo.InvariantCulture));

    public void Dispose() => _directory.Dispose();
}
