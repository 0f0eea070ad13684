namespace CreditManager.Tests.Databases;

// Everything that touches the database is shown on PostgreSQL, too, by the same tests.

[Collection(PostgresGroup.Name)]
public sealed class AlertOnPostgresTests : AlertTests
{
    public AlertOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class ApiOnPostgresTests : ApiTests
{
    public ApiOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class AttemptOnPostgresTests : AttemptTests
{
    public AttemptOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class AttemptPricesOnPostgresTests : AttemptPricesTests
{
    public AttemptPricesOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class BillingOnPostgresTests : BillingTests
{
    public BillingOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class BillingMemoryOnPostgresTests : BillingMemoryTests
{
    public BillingMemoryOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class DepositOnPostgresTests : DepositTests
{
    public DepositOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class DepositViewOnPostgresTests : DepositViewTests
{
    public DepositViewOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class DriftAcceptanceOnPostgresTests : DriftAcceptanceTests
{
    public DriftAcceptanceOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class DriftOnPostgresTests : DriftTests
{
    public DriftOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class LedgerExportOnPostgresTests : LedgerExportTests
{
    public LedgerExportOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class PriceSegmentOnPostgresTests : PriceSegmentTests
{
    public PriceSegmentOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class QuoteOnPostgresTests : QuoteTests
{
    public QuoteOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class ReconciliationOnPostgresTests : ReconciliationTests
{
    public ReconciliationOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class RefundOnPostgresTests : RefundTests
{
    public RefundOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class SettlementOnPostgresTests : SettlementTests
{
    public SettlementOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class SettlementClockOnPostgresTests : SettlementClockTests
{
    public SettlementClockOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class StandingOnPostgresTests : StandingTests
{
    public StandingOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class TariffOnPostgresTests : TariffTests
{
    public TariffOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}

[Collection(PostgresGroup.Name)]
public sealed class WritingOnPostgresTests : WritingTests
{
    public WritingOnPostgresTests(PostgresFixture postgres) => TestDatabase.UsePostgres(postgres);
}
