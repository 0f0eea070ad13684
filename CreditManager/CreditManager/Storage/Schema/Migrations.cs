using System.Data.Common;
using Dapper;

namespace CreditManager.Storage.Schema;

/// <summary>The schema, step by step. A step that was released is never changed; a new one is added after it.</summary>
internal static class Migrations
{
    private static readonly SchemaStep[] Steps =
    [
        new(
            """
            CREATE TABLE tariffs (
                name TEXT NOT NULL, version INTEGER NOT NULL, vcore_seconds_per_grc INTEGER NOT NULL CHECK (vcore_seconds_per_grc > 0),
                valid_from TEXT NOT NULL, PRIMARY KEY (name, version));
            CREATE TABLE users (
                name TEXT PRIMARY KEY, policy TEXT NOT NULL, min_balance INTEGER NOT NULL CHECK (min_balance >= 0),
                max_debt INTEGER NOT NULL CHECK (max_debt <= 0), tariff TEXT NOT NULL, billing TEXT NOT NULL,
                active INTEGER NOT NULL, deposit_address TEXT, exhausted_microseconds INTEGER);
            CREATE TABLE meters (
                number INTEGER PRIMARY KEY, container TEXT NOT NULL UNIQUE, "user" TEXT NOT NULL REFERENCES users (name),
                function TEXT NOT NULL, basis TEXT NOT NULL, tariff TEXT NOT NULL, tariff_version INTEGER NOT NULL,
                base_microseconds INTEGER NOT NULL, billed_microseconds INTEGER NOT NULL CHECK (billed_microseconds >= base_microseconds),
                charged INTEGER NOT NULL CHECK (charged >= 0), final INTEGER NOT NULL,
                FOREIGN KEY (tariff, tariff_version) REFERENCES tariffs (name, version));
            CREATE INDEX meters_by_user ON meters ("user", number);
            CREATE TABLE ledger (
                sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, debit TEXT NOT NULL, credit TEXT NOT NULL,
                amount INTEGER NOT NULL CHECK (amount >= 0), details TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL);
            CREATE TABLE transfers (
                comment TEXT PRIMARY KEY, id TEXT NOT NULL, purpose TEXT NOT NULL, "user" TEXT NOT NULL REFERENCES users (name),
                source TEXT NOT NULL, target TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), state TEXT NOT NULL,
                planned_at TEXT NOT NULL, changed_at TEXT NOT NULL);
            CREATE INDEX transfers_open ON transfers ("user") WHERE state <> 'Confirmed';
            CREATE TABLE claims (
                id TEXT PRIMARY KEY, "user" TEXT NOT NULL REFERENCES users (name), text TEXT NOT NULL, asked_at TEXT NOT NULL,
                result TEXT NOT NULL, amount INTEGER NOT NULL, reason TEXT NOT NULL, transaction_id TEXT UNIQUE);
            """,
            Sqlite: """
            CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE ON ledger BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
            CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
            -- A sum beyond 64 bits would silently become a floating-point number.
            CREATE TABLE balances (account TEXT PRIMARY KEY, amount INTEGER NOT NULL CHECK (typeof (amount) = 'integer'));
            """,
            Postgres: """
            CREATE FUNCTION ledger_is_append_only () RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
            CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only ();
            CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only ();
            CREATE TABLE balances (account TEXT COLLATE "C" PRIMARY KEY, amount BIGINT NOT NULL);
            """),
        new(
            """
            ALTER TABLE tariffs ADD COLUMN gib_seconds_per_grc INTEGER CHECK (gib_seconds_per_grc > 0);
            ALTER TABLE tariffs ADD COLUMN refunds_platform_faults INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE meters ADD COLUMN base_memory INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE meters ADD COLUMN billed_memory INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE meters ADD COLUMN base_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00.000000Z';
            ALTER TABLE meters ADD COLUMN billed_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00.000000Z';
            -- From which counter of each slot (a JSON list) on a container's usage has which price; a row per tariff that took hold.
            CREATE TABLE price_segments (
                container TEXT NOT NULL REFERENCES meters (container), number INTEGER NOT NULL, tariff TEXT NOT NULL,
                tariff_version INTEGER NOT NULL, slot_microseconds TEXT NOT NULL, PRIMARY KEY (container, number),
                FOREIGN KEY (tariff, tariff_version) REFERENCES tariffs (name, version));
            CREATE TABLE attempts (
                id TEXT PRIMARY KEY, "user" TEXT NOT NULL REFERENCES users (name), function TEXT NOT NULL, task TEXT NOT NULL,
                number INTEGER NOT NULL, container TEXT NOT NULL, slot INTEGER NOT NULL, started_at TEXT NOT NULL, ended_at TEXT,
                outcome TEXT, before_microseconds INTEGER NOT NULL, after_microseconds INTEGER, cost INTEGER, refunded INTEGER NOT NULL DEFAULT 0,
                image_sha256 TEXT NOT NULL, script_sha256 TEXT NOT NULL, task_sha256 TEXT NOT NULL, sequence INTEGER REFERENCES ledger (sequence));
            CREATE INDEX attempts_open ON attempts (container) WHERE ended_at IS NULL;
            CREATE INDEX attempts_by_function ON attempts ("user", function, ended_at);
            CREATE INDEX attempts_refunded ON attempts ("user", function, task) WHERE refunded > 0;
            CREATE TABLE holds (account TEXT PRIMARY KEY, difference INTEGER NOT NULL, since TEXT NOT NULL);
            CREATE TABLE alerts (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "user" TEXT NOT NULL REFERENCES users (name), kind TEXT NOT NULL,
                threshold INTEGER, balance INTEGER NOT NULL, standing TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL,
                delivered_at TEXT, tries INTEGER NOT NULL DEFAULT 0, next_try_at TEXT);
            CREATE INDEX alerts_waiting ON alerts (next_try_at) WHERE next_try_at IS NOT NULL;
            -- What was last told of each user, so that a restart tells nothing twice.
            CREATE TABLE alert_states ("user" TEXT PRIMARY KEY REFERENCES users (name), standing TEXT NOT NULL, lowest_threshold INTEGER);
            """),
        new(
            """
            -- Transfers are taken up in the order in which they were planned.
            ALTER TABLE transfers ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX transfers_by_number ON transfers (number);
            """,
            Sqlite: """
            UPDATE transfers SET number = rowid;
            """,
            Postgres: """
            -- Room for a row's next version on its own page: no index needs to hear of it, and a cycle takes a quarter of the time.
            ALTER TABLE meters SET (fillfactor = 50);
            ALTER TABLE balances SET (fillfactor = 50);
            """),
        new(
            """
            -- A signature is another each time it is made: the first one is kept, so that a receipt stays what it was.
            ALTER TABLE attempts ADD COLUMN provider TEXT;
            ALTER TABLE attempts ADD COLUMN key_id TEXT;
            ALTER TABLE attempts ADD COLUMN signature TEXT;
            CREATE TABLE signing_keys (id TEXT PRIMARY KEY, public_key TEXT NOT NULL);
            DROP INDEX attempts_refunded;
            CREATE INDEX attempts_by_task ON attempts ("user", function, task, started_at);
            DROP INDEX attempts_by_function;
            CREATE INDEX attempts_succeeded ON attempts ("user", function, ended_at) WHERE outcome = 'Succeeded';
            """),
        new(
            """
            CREATE TABLE wallet_marks (account TEXT PRIMARY KEY, mark TEXT NOT NULL);
            CREATE INDEX claims_by_user ON claims ("user", asked_at);
            """),
    ];

    /// <exception cref="InvalidDataException">The database is of a newer version.</exception>
    public static void Apply(DbConnection db, SchemaDialect dialect)
    {
        var version = dialect.ReadVersion(db);
        if (version > Steps.Length)
        {
            throw new InvalidDataException($"it has schema version {version}; this CreditManager knows versions up to {Steps.Length}.");
        }

        foreach (var step in Steps.Skip((int)version))
        {
            db.Execute(dialect.Translate(step));
        }

        dialect.WriteVersion(db, Steps.Length);
    }
}
