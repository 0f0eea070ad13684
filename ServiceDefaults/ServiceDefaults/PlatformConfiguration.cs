using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ServiceDefaults;

/// <summary>
/// A service's settings: YAML files (<c>--config FILE</c>), overridden by environment variables
/// (<c>SCP_STORE__KIND=s3</c> sets <c>store.kind</c>). Collects every error of every section, so that an operator sees
/// all of them at once.
/// </summary>
public sealed class PlatformConfiguration
{
    /// <summary>Prefix of the environment variables that set something.</summary>
    public const string EnvironmentPrefix = "SCP_";

    private readonly IConfigurationRoot _root;
    private readonly List<string> _errors;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    private PlatformConfiguration(IConfigurationRoot root, List<string> errors) => (_root, _errors) = (root, errors);

    /// <summary>Every error found so far, one sentence each.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Reads the files named by <c>--config</c> in <paramref name="args"/> and the environment.</summary>
    public static PlatformConfiguration Load(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var errors = new List<string>();
        var builder = new ConfigurationBuilder();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] != "--config" || i + 1 == args.Count)
            {
                errors.Add($"argument \"{args[i]}\" is not allowed; allowed: --config FILE.");
                continue;
            }

            AddFile(builder, args[++i], errors);
        }

        return new PlatformConfiguration(builder.AddEnvironmentVariables(EnvironmentPrefix).Build(), errors);
    }

    /// <summary>Settings given in memory, for tests: keys as in YAML, nested with colons.</summary>
    public static PlatformConfiguration FromValues(IEnumerable<KeyValuePair<string, string?>> values) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), []);

    /// <summary>Binds one section; errors are kept for <see cref="ThrowIfInvalid"/>.</summary>
    public T Bind<T>(string section)
        where T : class, IPlatformOptions, new()
    {
        _known.Add(section);
        var options = new T();
        StrictBinder.Bind(_root.GetSection(section), options, _errors);
        AddInvalid(section, options);
        return options;
    }

    /// <summary>Binds a section that is a list, for example <c>functions</c>; errors are kept for <see cref="ThrowIfInvalid"/>.</summary>
    public IReadOnlyList<T> BindList<T>(string section)
        where T : class, IPlatformOptions, new()
    {
        _known.Add(section);
        var items = StrictBinder.BindList<T>(_root.GetSection(section), _errors);
        for (var i = 0; i < items.Count; i++)
        {
            AddInvalid($"{section}.{i.ToString(CultureInfo.InvariantCulture)}", items[i]);
        }

        return items;
    }

    /// <summary>Call once every section is bound.</summary>
    /// <exception cref="InvalidConfigurationException">Anything was wrong; the message has a line for each error.</exception>
    public void ThrowIfInvalid()
    {
        // The platform's scripts keep a few variables of their own under the same prefix; they are no settings of a service.
        var unknown = _root.GetChildren()
            .Where(c => !_known.Contains(c.Key) && (c.GetChildren().Any() || !IsEnvironmentOnly(c.Key)))
            .Select(c => $"{KeyText.Of(c.Key)}: unknown section; allowed: {string.Join(", ", _known.Order())}.");
        var errors = _errors.Concat(unknown).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidConfigurationException(errors);
        }
    }

    /// <summary>Adds what the options say of themselves, but for settings whose text could not even be read.</summary>
    private void AddInvalid(string path, IPlatformOptions options)
    {
        var unreadable = _errors.Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _errors.AddRange(options.Validate().Select(e => $"{path}.{e}").Where(e => !unreadable.Contains(NameOf(e))));
    }

    private static string NameOf(string error) => error.Split(':', 2)[0];

    private static void AddFile(ConfigurationBuilder builder, string path, List<string> errors)
    {
        try
        {
            using var reader = File.OpenText(path);
            builder.AddInMemoryCollection(YamlConfiguration.Parse(reader, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            errors.Add(e is FormatException ? e.Message : $"configuration file \"{path}\" cannot be read: {e.Message}");
        }
    }

    private static bool IsEnvironmentOnly(string key) => Environment.GetEnvironmentVariable(EnvironmentPrefix + key.ToUpperInvariant()) is not null;
}
