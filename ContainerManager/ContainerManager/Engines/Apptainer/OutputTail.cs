using System.Text;

namespace ContainerManager.Engines.Apptainer;

/// <summary>The last lines that a command printed, fit to be shown to a user.</summary>
internal sealed class OutputTail(int lines)
{
    private const int MaxLineLength = 400;
    private const int MaxFileTail = 16 * 1024;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        var text = Clean(line);
        if (text.Length == 0)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(text);
            if (_lines.Count > lines)
            {
                _lines.Dequeue();
            }
        }
    }

    /// <summary>The last <paramref name="lines"/> lines of a file, joined; empty where there is none.</summary>
    public static string OfFile(string path, int lines)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = File.OpenRead(path);
        file.Seek(Math.Max(0, file.Length - MaxFileTail), SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        var tail = new OutputTail(lines);
        while (reader.ReadLine() is { } line)
        {
            tail.Add(line);
        }

        return tail.ToString();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }

    private static string Clean(string line)
    {
        var text = new StringBuilder();
        foreach (var c in line.Length > MaxLineLength ? line.AsSpan(0, MaxLineLength) : line)
        {
            text.Append(char.IsControl(c) ? ' ' : c);
        }

        return text.ToString().Trim();
    }
}
