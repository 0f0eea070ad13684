using System.Globalization;

namespace ContainerManager.Engines.Processes;

/// <summary>The unprivileged user that everything of a stranger's runs as.</summary>
internal sealed record TaskUser(string Name, uint Uid, uint Gid, string Home)
{
    private const string PasswordFile = "/etc/passwd";

    /// <summary>The user of that name; null where there is none, or where it is root.</summary>
    public static TaskUser? Find(string name) =>
        Entries().FirstOrDefault(user => user.Name == name && user.Uid != 0);

    private static IEnumerable<TaskUser> Entries() =>
        from line in File.ReadLines(PasswordFile)
        let fields = line.Split(':')
        where fields.Length >= 6
            && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && uint.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select new TaskUser(
            fields[0],
            uint.Parse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture),
            uint.Parse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture),
            fields[5]);
}
