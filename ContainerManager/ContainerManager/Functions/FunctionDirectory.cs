using System.Collections.Concurrent;

namespace ContainerManager.Functions;

/// <summary>The functions that are alive, by name.</summary>
internal sealed class FunctionDirectory
{
    private readonly ConcurrentDictionary<string, FunctionContext> _functions = new(StringComparer.Ordinal);

    public IReadOnlyList<FunctionContext> All => [.. _functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal)];

    public FunctionContext? Find(string name) => _functions.GetValueOrDefault(name);

    public FunctionContext? FindByBucket(string bucket) => _functions.Values.FirstOrDefault(f => f.Bucket == bucket);

    public void Add(FunctionContext context) => _functions[context.Name] = context;

    public void Remove(string name) => _functions.TryRemove(name, out _);
}
