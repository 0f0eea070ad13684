using System.Text.RegularExpressions;
using Testing;

namespace ServiceDefaults.Tests.Metrics;

/// <summary>What <c>deployment/prometheus</c> holds, judged by Prometheus' own tool.</summary>
public sealed partial class PrometheusFilesTests
{
    private static readonly string Directory = Path.Combine(Repository.Root, "deployment", "prometheus");

    [Fact]
    public Task Configuration_IsTakenByPrometheus() => Shell.RunAsync("cd \"$1\" && promtool check config prometheus.yml", Directory);

    [Fact]
    public async Task Alerts_DoWhatTheirTestsSay() =>
        Assert.Contains("SUCCESS", await Shell.RunAsync("cd \"$1\" && promtool check rules alerts.yml && promtool test rules alerts.test.yml 2>&1", Directory), StringComparison.Ordinal);

    [Fact]
    public void Alerts_EachIsRaisedByATest()
    {
        var tests = Read("alerts.test.yml");
        var alerts = Alert().Matches(Read("alerts.yml")).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.True(
            tests.Contains($"ALERTS{{alertname=\"{alert}\",alertstate=\"firing\"", StringComparison.Ordinal)
                || tests.Contains($"alertname: {alert}\n        exp_alerts:", StringComparison.Ordinal),
            $"{alert} is raised by no test."));
    }

    [Fact]
    public void Alerts_EveryMetricThatTheyAsk_IsOneOfTheServices()
    {
        var told = Read("README.md");
        var asked = Metric().Matches(Read("alerts.yml")).Select(m => HistogramPart().Replace(m.Value, "")).Distinct();

        Assert.All(asked, name => Assert.Contains($"`{name}`", told, StringComparison.Ordinal));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Directory, file));

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"\b(scp|process|http)_\w+(?=[\[{ )])")]
    private static partial Regex Metric();

    [GeneratedRegex("(?<=_seconds)_(bucket|count|sum)$")]
    private static partial Regex HistogramPart();
}
