using ContainerManager.Contracts;
using CreditManager.Contracts;
using Testing;

namespace EndToEnd.Tests;

public sealed class ManyUsersTests
{
    [Fact]
    public async Task ManyFunctionsOfManyUsers_RunSideBySideAndEachUserPaysForItsOwn()
    {
        await using var platform = await Platform.StartAsync();
        var image = await TestImages.WithBashAsync();
        var owners = new Dictionary<string, string> { ["anna-1"] = "anna", ["anna-2"] = "anna", ["ben-1"] = "ben", ["carl-1"] = "carl" };
        foreach (var user in owners.Values.Distinct())
        {
            await platform.SetUserAsync(new UserSettings(), user);
            await platform.PayInAsync(5, user);
        }

        var buckets = new List<FunctionBucket>();
        foreach (var (function, user) in owners)
        {
            buckets.Add(await platform.AddFunctionAsync(function, Scripts.Burn, image, user));
        }

        foreach (var bucket in buckets)
        {
            bucket.Drop("input/1", "1");
            bucket.Drop("input/2", "0");
        }

        foreach (var bucket in buckets)
        {
            var tasks = new[] { await bucket.EndedAsync("1"), await bucket.EndedAsync("2") };
            Assert.All(tasks, t => Assert.Equal(TaskPhase.Succeeded, t.Phase));
            var owner = owners[bucket.Function];
            var containerId = tasks[0].Attempts[0].ContainerId;
            await platform.AssertBilledAsKernelCountsAsync(containerId, bucket.Function, owner);
            Assert.All(await platform.Credit.ListBillsAsync(owner), b => Assert.Equal(owner, owners[b.Function]));
        }
    }
}
