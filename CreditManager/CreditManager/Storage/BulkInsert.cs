using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace CreditManager.Storage;

/// <summary>A column of rows that are written many at a time: texts or whole numbers, never null.</summary>
internal sealed record BulkColumn<T>(string Name, Func<T, string>? Text, Func<T, long>? Integer)
{
    public BulkColumn(string name, Func<T, string> text)
        : this(name, text, null)
    {
    }

    public BulkColumn(string name, Func<T, long> integer)
        : this(name, null, integer)
    {
    }
}

/// <summary>
/// One INSERT for many rows. SQLite is in this process and takes a prepared statement row by row as fast as it can write. Each answer
/// of a server costs a journey: it is sent all rows as a stream, or whole columns as arrays where rows may be there already.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="columns">What is written of a row.</param>
/// <param name="onConflict">What the statement says after the values.</param>
internal sealed class BulkInsert<T>(string table, IReadOnlyList<BulkColumn<T>> columns, string onConflict = "")
{
    /// <summary>Bounds the memory that the arrays take.</summary>
    private const int RowsAtOnce = 5_000;

    private readonly string _insert = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))})";

    public void Run(DbConnection db, IReadOnlyCollection<T> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        switch (db)
        {
            case NpgsqlConnection server when onConflict.Length == 0:
                Copy(server, rows);
                break;
            case NpgsqlConnection server:
                foreach (var part in rows.Chunk(RowsAtOnce))
                {
                    InsertColumns(server, part);
                }

                break;
            default:
                InsertRows(db, rows);
                break;
        }
    }

    private static string Parameter(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");

    private static DbParameter Add(DbCommand command, int index)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = Parameter(index);
        command.Parameters.Add(parameter);
        return parameter;
    }

    private void InsertRows(DbConnection db, IEnumerable<T> rows)
    {
        using var command = db.CreateCommand();
        command.CommandText = $"{_insert} VALUES ({string.Join(", ", columns.Select((_, i) => Parameter(i)))}) {onConflict}";
        var parameters = columns.Select((_, i) => Add(command, i)).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                var column = columns[i];
                parameters[i].Value = column.Text is { } text ? text(row) : column.Integer!(row);
            }

            command.ExecuteNonQuery();
        }
    }

    private void Copy(NpgsqlConnection db, IEnumerable<T> rows)
    {
        using var stream = db.BeginBinaryImport($"COPY {table} ({string.Join(", ", columns.Select(c => c.Name))}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            stream.StartRow();
            foreach (var column in columns)
            {
                if (column.Text is { } text)
                {
                    stream.Write(text(row));
                }
                else
                {
                    stream.Write(column.Integer!(row));
                }
            }
        }

        stream.Complete();
    }

    private void InsertColumns(NpgsqlConnection db, T[] rows)
    {
        using var command = db.CreateCommand();
        var arrays = columns.Select((c, i) => $"{Parameter(i)}::{(c.Text is null ? "bigint" : "text")}[]");
        command.CommandText = $"{_insert} SELECT * FROM unnest ({string.Join(", ", arrays)}) {onConflict}";
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            Add(command, i).Value = column.Text is { } text
                ? Array.ConvertAll(rows, row => text(row))
                : Array.ConvertAll(rows, row => column.Integer!(row));
        }

        command.ExecuteNonQuery();
    }
}
