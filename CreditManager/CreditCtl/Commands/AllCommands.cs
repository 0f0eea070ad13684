using System.CommandLine;
using CreditCtl.Hosting;

namespace CreditCtl.Commands;

/// <summary>The commands, in the order of --help.</summary>
internal static class AllCommands
{
    public static IEnumerable<Command> Of(Terminal terminal) =>
    [
        StatusCommand.Build(terminal),
        UserCommands.Users(terminal),
        new StatementCommand(terminal).Build(),
        SpendingCommands.Quote(terminal),
        SpendingCommands.Alerts(terminal),
        UserCommands.TopUpAddress(terminal),
        UserCommands.Deposits(terminal),
        Group("ledger", "The ledger as a file.", new LedgerVerifyCommand(terminal).Build(), new LedgerExportCommand(terminal).Build()),
        Group("receipt", "Receipts of tasks.", new ReceiptVerifyCommand(terminal).Build()),
        new ReplayCommand(terminal).Build(),
        Group("tariff", "Prices.", TariffCommands.List(terminal), TariffCommands.Set(terminal)),
        Group("drift", "Wallet accounts that differ from the ledger.", OperatorCommands.AcceptDrift(terminal)),
        OperatorCommands.Key(terminal),
    ];

    private static Command Group(string name, string description, params Command[] commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Subcommands.Add(command);
        }

        return group;
    }
}
