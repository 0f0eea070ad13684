using System.Globalization;
using System.Text;

namespace CreditManager.Storage.Sqlite;

/// <summary>Keeps a second CreditManager off a database. The kernel lifts the lock when the process ends, however it ends.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another process has it; the message names it.</exception>
    public static DatabaseLock Take(string path)
    {
        var ownerFile = path + ".owner";
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            var owner = File.Exists(ownerFile) ? File.ReadAllText(ownerFile).Trim() : "unknown";
            throw new IOException($"another CreditManager (process {owner}) has this database open.", e);
        }

        File.WriteAllText(ownerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Encoding.ASCII);
        return new DatabaseLock(file);
    }

    public void Dispose() => _file.Dispose();
}
