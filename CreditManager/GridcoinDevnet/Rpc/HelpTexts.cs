namespace GridcoinDevnet.Rpc;

/// <summary>The help that answers a call with too few parameters. The one of <c>move</c> is as recorded; of the others nothing is recorded.</summary>
internal static class HelpTexts
{
    private const string Move =
            """
            move "fromaccount" "toaccount" amount ( minconf "comment" )

            DEPRECATED. The accounts subsystem is deprecated and may be removed in a future release.
            Move funds from one account in your wallet to another.

            Note: the C++ function name is `movecmd` (because `move` is a C++ keyword); the dispatch entry
            registers it as `move`.

            Arguments:
            1. fromaccount    (string, required) Source account name.
            2. toaccount      (string, required) Destination account name.
            3. amount         (numeric or string, required) Amount in GRC to move.
            4. minconf        (numeric, optional) Unused parameter retained for backwards compatibility. Default: 1.
            5. comment        (string, optional) Optional comment string.

            Result:
            true|false    (boolean) True on success.

            Examples:
            > gridcoinresearch move "acct1" "acct2" 0.01
            > curl --user myusername --data-binary '{"jsonrpc": "1.0", "id": "curltest", "method": "move", "params": ["acct1", "acct2", 0.01]}' -H 'content-type: text/plain;' http://127.0.0.1:9332/

            """;

    public static string Of(string method) => method == "move" ? Move : $"{method}: too few parameters\n";
}
