using System.Data.Common;
using Microsoft.Data.Sqlite;
using ServiceDefaults.Sqlite;
using Testing;

namespace ServiceDefaults.Tests;

public sealed class ReusingConnectionTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ReusingConnection _connection;

    public ReusingConnectionTests()
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new ReusingConnection(new SqliteConnectionStringBuilder { DataSource = _directory.Combine("test.db"), Pooling = false }.ToString());
        _connection.Open();
        Execute("CREATE TABLE t (k INTEGER)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Execute_SameTextAgain_TakesTheNewParametersOnly()
    {
        Insert(1);
        Insert(2);

        Assert.Equal([1L, 2L], Keys());
    }

    [Fact]
    public void Execute_SameTextWhileTheFirstIsRead_BothGiveAll()
    {
        Insert(1);
        Insert(2);
        using var first = Command("SELECT k FROM t ORDER BY k");
        using var reader = first.ExecuteReader();
        Assert.True(reader.Read());

        Assert.Equal([1L, 2L], Keys());

        Assert.True(reader.Read());
        Assert.Equal(2, reader.GetInt64(0));
    }

    [Fact]
    public void Execute_InsideAndOutsideOfTransactions_BelongsToTheOneThatIsOpen()
    {
        Insert(1);
        using (var transaction = ((DbConnection)_connection).BeginTransaction())
        {
            Insert(2);
            transaction.Rollback();
        }

        using (var transaction = ((DbConnection)_connection).BeginTransaction())
        {
            Insert(3);
            transaction.Commit();
        }

        Insert(4);

        Assert.Equal([1L, 3L, 4L], Keys());
    }

    [Fact]
    public void Execute_TextThatWasWrong_SaysSoEachTime()
    {
        Assert.Throws<SqliteException>(() => Execute("SELECT nothing FROM nowhere"));
        Assert.Throws<SqliteException>(() => Execute("SELECT nothing FROM nowhere"));
    }

    private DbCommand Command(string text)
    {
        var command = ((DbConnection)_connection).CreateCommand();
        command.CommandText = text;
        return command;
    }

    private void Execute(string text)
    {
        using var command = Command(text);
        command.ExecuteNonQuery();
    }

    private void Insert(long key)
    {
        using var command = Command("INSERT INTO t VALUES (@k)");
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("k", key);
        command.Parameters.Add(parameter);
        command.ExecuteNonQuery();
    }

    private List<long> Keys()
    {
        using var command = Command("SELECT k FROM t ORDER BY k");
        using var reader = command.ExecuteReader();
        var keys = new List<long>();
        while (reader.Read())
        {
            keys.Add(reader.GetInt64(0));
        }

        return keys;
    }
}
