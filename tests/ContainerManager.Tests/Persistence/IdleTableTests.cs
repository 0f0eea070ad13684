using ContainerManager.Core.KeepWarm;
using ContainerManager.Persistence;
using Testing;

namespace ContainerManager.Tests.Persistence;

public sealed class IdleTableTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly Database _database;
    private readonly IdleTable _table;

    public IdleTableTests()
    {
        _database = Database.Open(_directory.Combine("manager.db"));
        _table = new IdleTable(_database);
    }

    public async Task InitializeAsync()
    {
        foreach (var name in new[] { "one", "two" })
        {
            await new FunctionTable(_database).SaveAsync(new FunctionRow { Name = name, User = "u", Bucket = name });
        }
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Add_MoreThanIsKept_TheNewestStayInTheirOrderAndOthersHaveTheirOwn()
    {
        await _table.AddAsync("two", [TimeSpan.FromSeconds(7)]);
        await _table.AddAsync("one", [.. Enumerable.Range(0, IdleHistory.Most).Select(i => TimeSpan.FromSeconds(i))]);
        await _table.AddAsync("one", [TimeSpan.FromDays(1), TimeSpan.FromDays(2)]);

        var times = _table.List("one");

        Assert.Equal((IdleHistory.Most, TimeSpan.FromSeconds(2), TimeSpan.FromDays(2)), (times.Count, times[0], times[^1]));
        Assert.Equal([TimeSpan.FromSeconds(7)], _table.List("two"));
    }

    [Fact]
    public async Task Delete_Function_ForgetsItsTimes()
    {
        await _table.AddAsync("one", [TimeSpan.FromSeconds(7)]);

        await new FunctionTable(_database).DeleteAsync("one");

        Assert.Empty(_table.List("one"));
        Assert.Null(_table.LastEnd("one"));
    }
}
