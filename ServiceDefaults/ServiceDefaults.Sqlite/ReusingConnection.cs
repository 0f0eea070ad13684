using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ServiceDefaults.Sqlite;

/// <summary>A connection that compiles each of its statements once. For one thread at a time.</summary>
public class ReusingConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Texts that hold lists are of many lengths: what is beyond that is compiled anew.
    private const int MostKept = 128;

    private readonly Dictionary<string, SqliteCommand> _idle = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => new ReusingCommand(this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _idle.Values)
            {
                command.Dispose();
            }

            _idle.Clear();
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Take(string text)
    {
        if (_idle.Remove(text, out var kept))
        {
            kept.Transaction = Transaction;
            return kept;
        }

        var command = CreateCommand();
        command.CommandText = text;
        return command;
    }

    private void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_idle.Count >= MostKept || !_idle.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>Stands for the kept command of its text, from when it has one until it is disposed of.</summary>
    private sealed class ReusingCommand(ReusingConnection connection) : DbCommand
    {
        private SqliteCommand? _command;

        [AllowNull]
        public override string CommandText
        {
            get => _command?.CommandText ?? "";
            set
            {
                var before = _command;
                _command = connection.Take(value ?? "");
                if (before is not null)
                {
                    foreach (SqliteParameter parameter in before.Parameters)
                    {
                        _command.Parameters.Add(parameter);
                    }

                    connection.Return(before);
                }
            }
        }

        public override int CommandTimeout
        {
            get => Command.CommandTimeout;
            set => Command.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => Command.CommandType;
            set => Command.CommandType = value;
        }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException("A kept command stays with its connection.");
        }

        protected override DbParameterCollection DbParameterCollection => Command.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => Command.Transaction;
            set => Command.Transaction = (SqliteTransaction?)value;
        }

        private SqliteCommand Command => _command ?? throw new InvalidOperationException("The command has no text yet.");

        public override void Cancel() => Command.Cancel();

        public override int ExecuteNonQuery() => Command.ExecuteNonQuery();

        public override object? ExecuteScalar() => Command.ExecuteScalar();

        public override void Prepare() => Command.Prepare();

        protected override DbParameter CreateDbParameter() => Command.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Command.ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing && _command is { } command)
            {
                _command = null;
                connection.Return(command);
            }

            base.Dispose(disposing);
        }
    }
}
