using ServiceDefaults;
using Testing;

namespace CreditManager.Tests.Databases;

public sealed class DatabaseSettingsTests
{
    private const string Good = "Host=127.0.0.1;Port=1;Database=credit;Username=scp;Password=very-secret";

    [Theory]
    [InlineData("oracle", null, "credit.database_kind")]
    [InlineData("postgresql", null, "credit.connection_string_file: missing")]
    [InlineData("postgresql", "", "credit.connection_string_file: missing")]
    [InlineData("postgresql", "postgres://scp:very-secret@db/credit", "is no connection string")]
    [InlineData("postgresql", "Host=db;Database=credit;very-secret=1", "is no connection string")]
    [InlineData("postgresql", "Host=db;Database=credit;Port=very-secret", "is no connection string")]
    [InlineData("postgresql", "Database=credit;Password=very-secret", "no single host")]
    [InlineData("postgresql", "Host=db1,db2;Database=credit;Password=very-secret", "no single host")]
    [InlineData("postgresql", "Host=db;Password=very-secret", "no single host and database")]
    [InlineData("sqlite", Good, "credit.database: missing")]
    public void Build_DatabaseThatCannotBe_IsNamedWithoutItsPassword(string kind, string? connectionString, string problem)
    {
        var wrong = Refuse(new() { ["credit:database_kind"] = kind, ["credit:connection_string"] = connectionString });
        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
        Assert.Contains("allowed", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Good, UnixFileMode.UserRead | UnixFileMode.GroupRead, "open to other users")]
    [InlineData(Good, UnixFileMode.UserRead | UnixFileMode.OtherRead, "open to other users")]
    [InlineData("", UnixFileMode.UserRead, "no single host")]
    [InlineData("very-secret", UnixFileMode.UserRead, "is no connection string")]
    [InlineData(Good + "\n", UnixFileMode.UserRead, "refused")]
    public void Build_ConnectionStringFile_IsReadOnlyWhereItIsKeptPrivate(string text, UnixFileMode mode, string problem)
    {
        using var directory = new TempDirectory();
        var file = directory.Combine("connection");
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, mode);
        var wrong = Refuse(new() { ["credit:database_kind"] = "postgresql", ["credit:connection_string_file"] = file });
        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ConnectionStringFileThatIsNotThere_IsNamed()
    {
        using var directory = new TempDirectory();
        var wrong = Refuse(new() { ["credit:database_kind"] = "postgresql", ["credit:connection_string_file"] = directory.Combine("none") });
        Assert.Contains("none\" does not exist", wrong.Message, StringComparison.Ordinal);
    }

    private static InvalidConfigurationException Refuse(Dictionary<string, string?> settings)
    {
        using var directory = new TempDirectory();
        settings["api:listen"] = "http://127.0.0.1:0";
        settings["api:require_token"] = "false";
        settings["credit:signing_key_file"] = directory.Combine("signing.key");
        settings["wallet:rpc_user"] = settings["wallet:rpc_password"] = "nothing";
        return Assert.Throws<InvalidConfigurationException>(() => CreditService.Build(PlatformConfiguration.FromValues(settings)));
    }
}
