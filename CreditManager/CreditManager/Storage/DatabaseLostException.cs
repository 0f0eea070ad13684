using System.Data.Common;

namespace CreditManager.Storage;

/// <summary>The database is not this process's any more: another CreditManager took it over. Nothing was written.</summary>
internal sealed class DatabaseLostException(string message) : DbException(message);
