using System.Data.Common;
using Dapper;

namespace CreditManager.Storage;

/// <summary>Public keys that receipts were signed with: a receipt of an earlier key stays what it was.</summary>
internal static class SigningKeyTable
{
    /// <summary>Public keys (SubjectPublicKeyInfo, base64) by id.</summary>
    public static IReadOnlyDictionary<string, string> ListSigningKeys(this DbConnection db) =>
        db.Query<(string Id, string PublicKey)>("SELECT id, public_key FROM signing_keys").ToDictionary(k => k.Id, k => k.PublicKey, StringComparer.Ordinal);

    public static void AddSigningKey(this DbConnection db, string id, string publicKey) => db.Execute(
        "INSERT INTO signing_keys (id, public_key) VALUES (@id, @publicKey) ON CONFLICT (id) DO NOTHING", new { id, publicKey });
}
