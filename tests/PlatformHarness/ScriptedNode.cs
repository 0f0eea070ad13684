using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace PlatformHarness;

/// <summary>A node that tells counters over HTTP as a Scaler does, with one container a user; each reading finds so much more used.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _used = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private long _perReading;
    private bool _final;

    private ScriptedNode()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions, JsonUnmappedMemberHandling.Skip));
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/usage", Read);
        _app.MapPost("/usage/acknowledgements", () => Results.NoContent());
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>CPU time that all have used together, in microseconds.</summary>
    public IReadOnlyDictionary<string, long> Used
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<string, long>(_used, StringComparer.Ordinal);
            }
        }
    }

    public static async Task<ScriptedNode> StartAsync(IEnumerable<string> users)
    {
        var node = new ScriptedNode();
        foreach (var user in users)
        {
            node._used.Add(user, 0);
        }

        await node._app.StartAsync();
        return node;
    }

    /// <summary>From now on each reading finds so many microseconds more in each container.</summary>
    public void Use(long microsecondsPerReading)
    {
        lock (_lock)
        {
            _perReading = microsecondsPerReading;
        }
    }

    /// <summary>Nothing is used any more, and every container is closed.</summary>
    public void Close()
    {
        lock (_lock)
        {
            (_perReading, _final) = (0, true);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IReadOnlyList<UsageReading> Read()
    {
        lock (_lock)
        {
            var now = TimeProvider.System.GetUtcNow();
            foreach (var user in _used.Keys.ToList())
            {
                _used[user] += _perReading;
            }

            return
            [
                .. _used.Select(u => new UsageReading(
                    "container-" + u.Key, u.Key, "work", now, u.Value, u.Value, _final, 100, 10, 25, null, false, now)),
            ];
        }
    }
}
