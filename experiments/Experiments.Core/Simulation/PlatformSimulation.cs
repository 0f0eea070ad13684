using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Simulation;

/// <summary>
/// The cores of all three services under one virtual clock: the Scaler's policies and arbitration on a simulated kernel, CreditManager's
/// metering, ledger, standings and settlement on a wallet in memory, ContainerManager's admission and life cycles. The same scenario and
/// seed give the same course on every run and machine.
/// </summary>
internal sealed class PlatformSimulation
{
    private readonly Scenario _scenario;
    private readonly Agenda _agenda = new();
    private readonly SimulatedNode _node;
    private readonly SimulatedLedger _ledger = new();
    private readonly CourseRecorder _recorder;
    private readonly StandingPage _standings = new();
    private readonly List<FunctionSimulation> _functions;
    private readonly CreditSimulation? _credit;
    private readonly WalletSimulation? _wallet;
    private readonly Arrivals _arrivals;
    private readonly CourseSampler _sampler;

    /// <summary>Sets an experiment up.</summary>
    public PlatformSimulation(Scenario scenario)
    {
        _scenario = scenario;
        _node = new SimulatedNode(scenario);
        _recorder = new CourseRecorder(() => _node.Now);
        var coins = new SimulatedWallet();
        _credit = scenario.Billing ? new CreditSimulation(scenario, _node, _ledger, _recorder) : null;
        _wallet = scenario.Billing ? new WalletSimulation(scenario, coins, _ledger, _recorder, () => _node.Now) : null;
        var attempts = new AttemptDesk(_credit);
        _functions = [.. scenario.Functions.Select(f => new FunctionSimulation(scenario, f, _node, attempts, _standings, _agenda, _recorder) { Over = t => _arrivals!.TaskOver(t.Batch.Name) })];
        _arrivals = new Arrivals(
            scenario, _agenda, _recorder, () => _node.Now, (batch, task) => _functions.First(f => f.Function.Name == batch.Function).Drop(new TaskRun(task, batch)), coins.Receive);
        _sampler = new CourseSampler(scenario, _node, _ledger, _functions, _recorder);
    }

    /// <summary>Runs it to its end, or until it is cancelled: then the course is what was seen until then.</summary>
    public Course Run(CancellationToken cancellationToken = default)
    {
        Prepare();
        while (!IsOver && !cancellationToken.IsCancellationRequested)
        {
            Advance();
        }

        var isOver = IsOver;
        return Finish(!isOver);
    }

    private bool IsOver => _node.Now >= _scenario.Length
        || (_scenario.EndsWhenDone && _node.Now > TimeSpan.Zero && _arrivals.IsOver && _functions.TrueForAll(IsDone));

    /// <summary>The classic cloud's machines go when the experiment does.</summary>
    private bool IsDone(FunctionSimulation function) => function is { Waiting: 0, Running: 0 } && (function.Container is null || !_scenario.Serverless);

    private void Prepare()
    {
        var rules = _scenario.Platform;
        _arrivals.Begin();
        if (_credit is not null)
        {
            _agenda.Repeat(TimeSpan.Zero, rules.WalletPoll, Turn.Wallet, _wallet!.RunCycle);
            _agenda.Repeat(TimeSpan.Zero, rules.BillingCycle, Turn.Billing, _credit.RunCycle);
        }

        _agenda.Repeat(TimeSpan.Zero, rules.StandingsPoll, Turn.Dispatch, Dispatch);
        _agenda.Repeat(TimeSpan.Zero, rules.Sample, Turn.Sample, _sampler.Sample);
    }

    private void Dispatch()
    {
        if (_credit is null)
        {
            _standings.Allow(_scenario);
        }
        else
        {
            _standings.Refresh(_scenario, _credit);
        }

        _functions.ForEach(f => f.EndDone());
    }

    private void Advance()
    {
        var next = _agenda.NextAt is { } at && at < _scenario.Length ? at : _scenario.Length;
        if (next > _node.Now)
        {
            _node.RunTo(next, () => _functions.Exists(f => f.HasWorkDone()));
            _functions.Where(f => f.HasWorkDone()).ToList().ForEach(f => f.EndDone());
        }

        while (_agenda.NextAt == _node.Now)
        {
            _agenda.Take()();
        }
    }

    /// <summary>What was used until the end is billed, like on a platform that is stopped.</summary>
    private Course Finish(bool interrupted)
    {
        _functions.ForEach(f => f.CutOff());
        _credit?.RunCycle();
        _sampler.Sample();
        return new Course(
            _node.Now, interrupted, _recorder.Events, _recorder.Functions, _recorder.Accounts, _recorder.Attempts, _node.CountAll(), _ledger.Entries);
    }
}
