using CreditManager.Contracts;
using CreditManager.Options;
using CreditManager.Storage;
using ServiceDefaults;

namespace CreditManager.Api;

/// <summary>Makes the default tariff and the users of the configuration where they do not exist; what exists stays as it is.</summary>
internal sealed class Seeder(CreditOptions options, UserRegistry users, TariffBook tariffs)
{
    /// <exception cref="InvalidConfigurationException">Users that cannot be.</exception>
    public void Seed(IReadOnlyList<UserOptions> configured)
    {
        if (tariffs.Versions(TariffTable.Default).Count == 0)
        {
            tariffs.Save(TariffTable.Default, new TariffSettings(options.DefaultVcoreSecondsPerGrc));
        }

        var errors = configured.SelectMany((u, i) => users.Validate(u.Name!, u.Settings).Select(e => $"users.{i}.{e}"))
            .Concat(configured.GroupBy(u => u.Name).Where(g => g.Count() > 1).Select(g => $"users: \"{g.Key}\" is listed {g.Count()} times; allowed: once."))
            .Concat(users.Find(options.Provider) is null ? [] : [$"credit.provider: \"{options.Provider}\" is a user; allowed: an account of the provider's own."])
            .ToList();
        if (errors.Count > 0)
        {
            throw new InvalidConfigurationException(errors);
        }

        foreach (var user in configured.Where(u => users.Find(u.Name!) is null))
        {
            users.Save(user.Name!, user.Settings);
        }
    }
}
