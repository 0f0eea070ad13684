using System.Text;
using System.Text.Json.Nodes;
using CreditManager.Core.Tests.Ledgers;
using CreditManager.Core.Verification;

namespace CreditManager.Core.Tests;

public sealed class ExportLinesTests
{
    private static readonly JsonObject Entry = ExportBuilder.Entry(LedgerBuilder.Everything().Entries[3]);

    [Theory]
    [InlineData("sequence", "1", "sequence is \"1\"; it should be a whole number.")]
    [InlineData("sequence", 1.5, "sequence is 1.5; it should be a whole number of at most 64 bits.")]
    [InlineData("at", "yesterday", "at is \"yesterday\"; it should be a time in UTC of whole microseconds, such as 2026-01-31T12:00:00.5+00:00.")]
    [InlineData("at", "2026-01-01T00:00:01.1234567+00:00", "at is \"2026-01-01T00:00:01.1234567+00:00\"; it should be a time in UTC of whole microseconds, such as 2026-01-31T12:00:00.5+00:00.")]
    [InlineData("at", "2026-01-01T01:00:01+01:00", "at is \"2026-01-01T01:00:01+01:00\"; it should be a time in UTC of whole microseconds, such as 2026-01-31T12:00:00.5+00:00.")]
    [InlineData("at", "2026-01-01T00:00:01Z", "at is \"2026-01-01T00:00:01Z\"; it should be a time in UTC of whole microseconds, such as 2026-01-31T12:00:00.5+00:00.")]
    [InlineData("at", 5, "at is 5; it should be a time in UTC of whole microseconds, such as 2026-01-31T12:00:00.5+00:00.")]
    [InlineData("kind", null, "kind is null; it should be a text.")]
    [InlineData("debit", true, "debit is true; it should be a text.")]
    [InlineData("amount_halfords", 1e30, "amount_halfords is 1E+30; it should be a whole number of at most 64 bits.")]
    public void Read_EntryWithAWrongMember_SaysWhatItShouldBe(string member, object? value, string expected)
    {
        var line = Entry.DeepClone();
        line[member] = value is null ? null : JsonValue.Create(value);
        Assert.Equal(new BadLine(expected), Read(line.ToJsonString()));
    }

    [Theory]
    [InlineData("at")]
    [InlineData("kind")]
    [InlineData("debit")]
    [InlineData("credit")]
    [InlineData("amount_halfords")]
    [InlineData("details")]
    [InlineData("previous_hash")]
    [InlineData("hash")]
    public void Read_EntryThatLacksAMember_NamesIt(string member)
    {
        var line = Entry.DeepClone().AsObject();
        line.Remove(member);
        Assert.Equal(new BadLine($"{member} is missing."), Read(line.ToJsonString()));
    }

    [Fact]
    public void Read_MemberThatNobodyKnows_NamesIt()
    {
        var line = Entry.DeepClone();
        line["discount"] = 5;
        Assert.Equal(
            new BadLine("discount is not part of this format; its members are sequence, at, kind, debit, credit, amount_halfords, details, previous_hash, hash."), Read(line.ToJsonString()));
    }

    [Fact]
    public void Read_MemberTwice_IsNamedAsSuch() =>
        Assert.Equal(new BadLine("the line has a member twice."), Read(Entry.ToJsonString().Replace("\"kind\":", "\"kind\":\"charge\",\"kind\":", StringComparison.Ordinal)));

    [Fact]
    public void Read_LongValue_IsShortened()
    {
        var line = Entry.DeepClone();
        line["at"] = new string('x', 5000);
        var bad = Assert.IsType<BadLine>(Read(line.ToJsonString()));
        Assert.Equal($"at is \"{new string('x', 100)}…\"; it should be a time in UTC of whole microseconds, such as 2026-01-31T12:00:00.5+00:00.", bad.Fault);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0x81 }, "the line is not a JSON object (byte 1).")]
    [InlineData(new byte[] { 0 }, "the line is not a JSON object (byte 1).")]
    [InlineData(new byte[] { (byte)'{' }, "the line is not a JSON object (byte 2).")]
    public void Read_Binary_IsNoJson(byte[] bytes, string expected) => Assert.Equal(new BadLine(expected), ExportLines.Read(bytes));

    [Fact]
    public void Read_TextThatIsNoUnicode_IsNamedAsSuch()
    {
        Assert.Equal(new BadLine("the line holds a text that is not Unicode."), Read("{\"format\":\"\\ud800\",\"provider\":\"p\"}"));
        var bytes = Encoding.UTF8.GetBytes("{\"format\":\"x\",\"provider\":\"p\"}");
        bytes[11] = 0xff;
        Assert.Equal(new BadLine("the line holds a text that is not Unicode."), ExportLines.Read(bytes));
    }

    [Fact]
    public void Read_NestedWithoutEnd_IsRefused() =>
        Assert.StartsWith("the line is not a JSON object (byte ", Assert.IsType<BadLine>(Read(new string('[', 100_000))).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "details is not a JSON object (byte 1).")]
    [InlineData("7", "details is 7; it should be a JSON object.")]
    [InlineData("{}", "details.gib_seconds_per_grc is missing.")]
    [InlineData("{\"a\":1,\"a\":2}", "details has a member twice.")]
    public void Read_DetailsOfAnotherShape_AreToldWithTheEntry(string details, string expected)
    {
        var line = Entry.DeepClone();
        line["details"] = details;
        var entry = Assert.IsType<EntryLine>(Read(line.ToJsonString()));
        Assert.Null(entry.Record);
        Assert.Equal(expected.Replace("gib_seconds_per_grc", "user", StringComparison.Ordinal), entry.Unreadable);
    }

    [Fact]
    public void Examine_RightEntry_HasItsHashAndRecord()
    {
        var entry = LedgerBuilder.Everything().Entries[0];
        var line = ExportLines.Examine(entry);
        Assert.Equal((entry, entry.Hash, null), (line.Entry, line.ContentHash, line.Unreadable));
        Assert.NotNull(line.Record);
        Assert.Throws<ArgumentNullException>(() => ExportLines.Examine(null!));
    }

    private static ExportLine Read(string line) => ExportLines.Read(Encoding.UTF8.GetBytes(line));
}
