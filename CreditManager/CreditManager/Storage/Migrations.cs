using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CreditManager.Storage;

/// <summary>The schema, step by step. A step that was released is never changed; a new one is added after it.</summary>
internal static class Migrations
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE tariffs (
            name TEXT NOT NULL, version INTEGER NOT NULL, vcore_seconds_per_grc INTEGER NOT NULL CHECK (vcore_seconds_per_grc > 0),
            valid_from TEXT NOT NULL, PRIMARY KEY (name, version));
        CREATE TABLE users (
            name TEXT PRIMARY KEY, policy TEXT NOT NULL, min_balance INTEGER NOT NULL CHECK (min_balance >= 0),
            max_debt INTEGER NOT NULL CHECK (max_debt <= 0), tariff TEXT NOT NULL, billing TEXT NOT NULL,
            active INTEGER NOT NULL, deposit_address TEXT, exhausted_microseconds INTEGER);
        CREATE TABLE meters (
            number INTEGER PRIMARY KEY, container TEXT NOT NULL UNIQUE, user TEXT NOT NULL REFERENCES users (name),
            function TEXT NOT NULL, basis TEXT NOT NULL, tariff TEXT NOT NULL, tariff_version INTEGER NOT NULL,
            base_microseconds INTEGER NOT NULL, billed_microseconds INTEGER NOT NULL CHECK (billed_microseconds >= base_microseconds),
            charged INTEGER NOT NULL CHECK (charged >= 0), final INTEGER NOT NULL,
            FOREIGN KEY (tariff, tariff_version) REFERENCES tariffs (name, version));
        CREATE INDEX meters_by_user ON meters (user, number);
        CREATE TABLE ledger (
            sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, debit TEXT NOT NULL, credit TEXT NOT NULL,
            amount INTEGER NOT NULL CHECK (amount >= 0), details TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL);
        CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE ON ledger BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
        -- A sum beyond 64 bits would silently become a floating-point number.
        CREATE TABLE balances (account TEXT PRIMARY KEY, amount INTEGER NOT NULL CHECK (typeof (amount) = 'integer'));
        CREATE TABLE transfers (
            comment TEXT PRIMARY KEY, id TEXT NOT NULL, purpose TEXT NOT NULL, user TEXT NOT NULL REFERENCES users (name),
            source TEXT NOT NULL, target TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), state TEXT NOT NULL,
            planned_at TEXT NOT NULL, changed_at TEXT NOT NULL);
        CREATE INDEX transfers_open ON transfers (user) WHERE state <> 'Confirmed';
        CREATE TABLE claims (
            id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users (name), text TEXT NOT NULL, asked_at TEXT NOT NULL,
            result TEXT NOT NULL, amount INTEGER NOT NULL, reason TEXT NOT NULL, transaction_id TEXT UNIQUE);
        """,
    ];

    /// <exception cref="InvalidDataException">The database is of a newer version.</exception>
    public static void Apply(SqliteConnection db)
    {
        var version = db.ExecuteScalar<long>("PRAGMA user_version");
        if (version > Steps.Length)
        {
            throw new InvalidDataException($"it has schema version {version}; this CreditManager knows versions up to {Steps.Length}.");
        }

        foreach (var step in Steps.Skip((int)version))
        {
            db.Execute(step);
        }

        db.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Steps.Length}"));
    }
}
