using System.Security.Cryptography;
using System.Text;
using ContainerManager.Core.Buckets;
using ContainerManager.Core.Settings;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Reads the setup of one bucket; files that have not changed are not read again.</summary>
internal sealed class BucketSetupReader(IObjectStore store, string bucket, TimeProvider time) : IDisposable
{
    private const int MaxTimeoutBytes = 4096;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, (string Version, string? Text)> _texts = new(StringComparer.Ordinal);

    /// <summary>
    /// Reads, and hands over what was read before anybody else reads: an older setup never comes after a newer one.
    /// </summary>
    /// <exception cref="ObjectStoreException">The store could not be read.</exception>
    public async Task ReadAsync(FunctionCeilings ceilings, Action<BucketSetup> take, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            take(await ReadAsync(ceilings, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<BucketSetup> ReadAsync(FunctionCeilings ceilings, CancellationToken cancellationToken)
    {
        var utils = await ListUtilsAsync(cancellationToken).ConfigureAwait(false);
        var yaml = utils.TryGetValue(BucketLayout.Settings, out var file) ? await TextAsync(file, FunctionFile.MaxBytes, cancellationToken).ConfigureAwait(false) : "";
        var resolution = FunctionFile.Resolve(yaml, ceilings, time.GetUtcNow());
        var timeout = IdleTimeout.Read(utils.TryGetValue(BucketLayout.IdleTimeout, out var timeoutFile)
            ? await TextAsync(timeoutFile, MaxTimeoutBytes, cancellationToken).ConfigureAwait(false) ?? "too long"
            : null);
        var (image, imageProblem) = ChooseImage(utils, resolution.Settings);
        var staging = await StagingDigestAsync(cancellationToken).ConfigureAwait(false);

        var blocks = new List<string>();
        var problems = new List<string>();
        if (resolution.Settings is null)
        {
            blocks.Add("function.yaml has errors");
            problems.AddRange(resolution.Errors.Select(e => $"utils/function.yaml: {e}"));
        }

        AddScriptProblem(utils, blocks, problems);
        if (imageProblem is not null)
        {
            blocks.Add(imageProblem.StartsWith("several", StringComparison.Ordinal) ? "several images" : "image missing");
            problems.Add(imageProblem);
        }

        if (timeout.Problem is { } timeoutProblem)
        {
            problems.Add(timeoutProblem);
        }

        var fingerprint = Digest($"{Binding(resolution.Settings)}\n{image?.File?.Key}\n{image?.Version}\n{staging}");
        return new BucketSetup(
            resolution.Settings, resolution.Settings?.IdleTimeout ?? timeout.Timeout, image, fingerprint, blocks, problems);
    }

    private static (ImageSource? Image, string? Problem) ChooseImage(Dictionary<string, ObjectInfo> utils, FunctionSettings? settings)
    {
        if (settings is { Engine: EngineKind.Docker, Image: { } reference })
        {
            return (ImageSource.OfRegistry(reference), null);
        }

        var choice = ImageChoice.Of(utils.Keys.Select(k => k[BucketLayout.Utils.Length..]), settings?.Image);
        return (choice.Name is { } name ? ImageSource.OfFile(utils[BucketLayout.Utils + name]) : null, choice.Problem);
    }

    private static void AddScriptProblem(Dictionary<string, ObjectInfo> utils, List<string> blocks, List<string> problems)
    {
        if (!utils.TryGetValue(BucketLayout.Script, out var script))
        {
            blocks.Add(BucketSetup.ScriptBlock + " missing");
            problems.Add("process_task.sh missing: put the script that runs a task into utils/.");
        }
        else if (script.Length == 0)
        {
            blocks.Add(BucketSetup.ScriptBlock + " is empty");
            problems.Add("utils/process_task.sh is empty: put the script that runs a task there.");
        }
    }

    // Idle timeout, warmth, cap, disk limit and triggers are no properties of the running container: they are looked up when they are due. Its policy can be switched.
    private static FunctionSettings? Binding(FunctionSettings? settings) => settings is null ? null : settings with
    {
        IdleTimeout = null,
        IsIdlePredicted = false,
        MinWarm = 0,
        CapHalfords = null,
        DiskBytes = 0,
        OnSuccess = null,
        Schedule = null,
        Policy = FunctionSettingsRules.DefaultPolicy,
    };

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<Dictionary<string, ObjectInfo>> ListUtilsAsync(CancellationToken cancellationToken)
    {
        var utils = new Dictionary<string, ObjectInfo>(StringComparer.Ordinal);
        await foreach (var item in store.ListAsync(bucket, BucketLayout.Utils, null, cancellationToken).ConfigureAwait(false))
        {
            if (BucketLayout.NameBelow(BucketLayout.Utils, item.Key, item.Length) is not null)
            {
                utils[item.Key] = item;
            }
        }

        return utils;
    }

    private async Task<string?> TextAsync(ObjectInfo file, int maxBytes, CancellationToken cancellationToken)
    {
        if (!_texts.TryGetValue(file.Key, out var known) || known.Version != file.Version)
        {
            known = (file.Version, await store.ReadTextAsync(bucket, file.Key, maxBytes, cancellationToken).ConfigureAwait(false));
            _texts[file.Key] = known;
        }

        return known.Text;
    }

    private async Task<string> StagingDigestAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var item in store.ListAsync(bucket, BucketLayout.Staging, null, cancellationToken).ConfigureAwait(false))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{item.Key}\0{item.Version}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
