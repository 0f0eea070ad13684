using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Testing;

namespace Benchmarks.Billing;

/// <summary>What a billing cycle costs, by the number of containers that are charged and by the length of the ledger.</summary>
internal static class BillingBenchmark
{
    private const string Sqlite = "sqlite";
    private const string Postgresql = "postgresql";

    public static Command Command()
    {
        var entries = new Option<long>("--entries") { Description = "How long the long ledger is: 0 to 100000000.", DefaultValueFactory = _ => 10_000_000 };
        var database = new Option<string>("--database") { Description = "sqlite, postgresql or both.", DefaultValueFactory = _ => "both" };
        database.AcceptOnlyFromAmong(Sqlite, Postgresql, "both");
        entries.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<long>() is < 0 or > 100_000_000)
            {
                r.AddError("--entries: allowed: 0 to 100000000.");
            }
        });
        var command = new Command("billing", "Times billing cycles on an empty and on a long ledger.") { entries, database };
        command.SetAction((arguments, _) => RunAsync(arguments.GetValue(entries), arguments.GetValue(database)!));
        return command;
    }

    private static async Task<int> RunAsync(long entries, string database)
    {
        var figures = new JsonObject { ["ledger_entries"] = entries, ["cores"] = Environment.ProcessorCount };
        if (database is Sqlite or "both")
        {
            using var directory = new TempDirectory();
            await MeasureAsync(Sqlite, entries, figures, new() { ["credit:database"] = directory.Combine("credit.db") });
        }

        if (database is Postgresql or "both")
        {
            await using var server = new PostgresServer();
            await server.StartAsync();
            await MeasureAsync(Postgresql, entries, figures, new()
            {
                ["credit:database_kind"] = Postgresql,
                ["credit:connection_string"] = await CreateDatabaseAsync(server.ConnectionString),
            });
        }

        figures["mib"] = figures.Where(f => f.Key.EndsWith("_mib", StringComparison.Ordinal)).Max(f => (long?)f.Value);
        Console.WriteLine(figures.ToJsonString(new JsonSerializerOptions { WriteIndented = false }));
        return 0;
    }

    private static async Task MeasureAsync(string kind, long entries, JsonObject figures, Dictionary<string, string?> settings)
    {
        await using var rig = new BillingRig(settings);
        var rows = new List<CycleFigures>();
        await MeasureSizesAsync(rig, kind, "an empty", rows);
        var filling = LedgerFiller.Fill(rig, entries);
        Console.WriteLine(FormattableString.Invariant($"{kind}: the ledger grew to {rig.CountEntries():N0} entries in {filling.TotalSeconds:F0} s"));
        await MeasureSizesAsync(rig, kind, "a long", rows);
        rig.Verify();

        foreach (var (row, empty) in rows.Skip(rows.Count / 2).Zip(rows))
        {
            figures[$"{kind}_{row.Containers}_ms"] = Math.Round(row.Milliseconds, 1);
            figures[$"{kind}_{row.Containers}_us_per_charge"] = Math.Round(row.MicrosecondsPerCharge, 1);
            figures[$"{kind}_{row.Containers}_ms_empty_ledger"] = Math.Round(empty.Milliseconds, 1);
        }

        figures[$"{kind}_100000_idle_ms"] = Math.Round(rows[^1].IdleMilliseconds, 1);
        figures[$"{kind}_mib"] = rows.Max(r => r.PeakMib);
    }

    private static async Task MeasureSizesAsync(BillingRig rig, string kind, string ledger, List<CycleFigures> rows)
    {
        foreach (var containers in (int[])[1_000, 10_000, 100_000])
        {
            var row = await rig.MeasureAsync(containers);
            rows.Add(row);
            Console.WriteLine(FormattableString.Invariant(
                $"{kind,-10} {containers,7:N0} containers on {ledger,-8} ledger: {row.Milliseconds,9:F1} ms a cycle, {row.MicrosecondsPerCharge,6:F1} µs a charge, {row.IdleMilliseconds,7:F1} ms where none used anything, peak {row.PeakMib} MiB"));
        }
    }

    private static async Task<string> CreateDatabaseAsync(string server)
    {
        await using var connection = new NpgsqlConnection($"{server};Database=postgres");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("CREATE DATABASE credit", connection);
        await command.ExecuteNonQueryAsync();
        return $"{server};Database=credit";
    }
}
