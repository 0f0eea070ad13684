using CreditManager.Core.Deposits;
using CreditManager.Core.Money;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Simulation;

/// <summary>Brings task files and coins when it is their time, be that virtual or real.</summary>
internal sealed class Arrivals
{
    private readonly Scenario _scenario;
    private readonly Agenda _agenda;
    private readonly CourseRecorder _recorder;
    private readonly Func<TimeSpan> _now;
    private readonly Action<Batch, ScenarioTask> _drop;
    private readonly Action<string, GrcAmount> _pay;
    private readonly RandomSource _random;
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);
    private int _expected;

    /// <param name="scenario">What comes when.</param>
    /// <param name="agenda">Where that is noted.</param>
    /// <param name="recorder">Told of what is sent.</param>
    /// <param name="now">The time.</param>
    /// <param name="drop">Puts a task file into its function's bucket.</param>
    /// <param name="pay">Puts coins on a user's wallet account.</param>
    public Arrivals(
        Scenario scenario, Agenda agenda, CourseRecorder recorder, Func<TimeSpan> now, Action<Batch, ScenarioTask> drop, Action<string, GrcAmount> pay)
    {
        (_scenario, _agenda, _recorder, _now, _drop, _pay) = (scenario, agenda, recorder, now, drop, pay);
        _random = new RandomSource(scenario.Seed);
        foreach (var batch in scenario.Batches.Where(b => b.Name.Length > 0))
        {
            _left[batch.Name] = batch.Tasks.Count;
        }

        _expected = scenario.Batches.Sum(b => b.Tasks.Count) + scenario.Funds.Count;
    }

    /// <summary>Whether nothing more will come.</summary>
    public bool IsOver => _expected == 0;

    /// <summary>Plans everything that waits for no batch.</summary>
    public void Begin() => Plan(after: null);

    /// <summary>A task is over: what waits for the last of its batch is planned.</summary>
    public void TaskOver(string batch)
    {
        if (batch.Length > 0 && --_left[batch] == 0)
        {
            Plan(batch);
        }
    }

    /// <summary>What is random is drawn in the order of the file, so that one more task does not change what came before it.</summary>
    private void Plan(string? after)
    {
        var start = after is null ? TimeSpan.Zero : _now();
        foreach (var fund in _scenario.Funds.Where(f => f.Sent.After == after))
        {
            var sent = start + fund.Sent.At;
            var delay = fund.Delay ?? DepositDelay.AtShare(_random.NextShare());
            _agenda.Add(sent, Turn.Machine, () => Send(fund, delay));
        }

        foreach (var batch in _scenario.Batches.Where(b => b.Dropped.After == after))
        {
            foreach (var task in batch.Tasks)
            {
                var jitter = batch.Jitter == TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds((long)(batch.Jitter.TotalMilliseconds * _random.NextShare()));
                _agenda.Add(start + batch.Dropped.At + jitter, Turn.Machine, () => Drop(batch, task));
            }
        }
    }

    private void Drop(Batch batch, ScenarioTask task)
    {
        _expected--;
        _drop(batch, task);
    }

    private void Send(Fund fund, TimeSpan delay)
    {
        _recorder.Note(EventKinds.FundsSent, fund.User, fund.User, "", $"{fund.Amount} GRC");
        _agenda.Add(_now() + delay, Turn.Machine, () => Receive(fund.User, fund.Amount));
    }

    private void Receive(string user, GrcAmount amount)
    {
        _expected--;
        _pay(user, amount);
    }
}
