using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Outputs;

/// <summary>A course as tables: <c>series.csv</c> and <c>events.csv</c>.</summary>
internal static class CourseCsv
{
    /// <summary>A row for each function and moment, with its owner's account.</summary>
    public static string Series(Scenario scenario, Course course)
    {
        var csv = new Csv(
            "seconds", "user", "function", "used_shares", "limit_shares", "upper_shares", "lower_shares", "max_shares", "restriction_shares", "frozen",
            "waiting", "running", "done", "coins_grc", "balance_grc", "min_balance_grc", "max_debt_grc", "standing");
        var accounts = course.Accounts.ToDictionary(a => (a.At, a.User));
        foreach (var row in course.Functions)
        {
            var function = scenario.Function(row.Function);
            var user = scenario.User(function.User);
            var account = accounts.GetValueOrDefault((row.At, user.Name));
            var container = row.Container;
            csv.Add(
                row.At, user.Name, row.Function, row.UsedShares, container?.LimitShares, container?.UpperShares, container?.LowerShares,
                function.Bounds.MaxShares, container?.RestrictionShares, container?.Frozen, row.Waiting, row.Running, row.Done,
                account?.Coins.ToWalletText(), account?.Balance.ToWalletText(), user.Terms.MinBalance.ToWalletText(), user.Terms.MaxDebt.ToWalletText(),
                account?.Standing);
        }

        return csv.ToString();
    }

    /// <summary>A row for each event.</summary>
    public static string Events(Course course)
    {
        var csv = new Csv("seconds", "event", "subject", "user", "function", "details");
        foreach (var happened in course.Events)
        {
            csv.Add(happened.At, happened.Kind, happened.Subject, happened.User, happened.Function, happened.Details);
        }

        return csv.ToString();
    }
}
