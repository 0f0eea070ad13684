using Traces.Generation;
using Traces.Layout;

namespace Traces.Tests;

public sealed class TraceReaderTests : IDisposable
{
    private readonly TraceFolder _trace = new();

    public void Dispose() => _trace.Dispose();

    [Fact]
    public void Read_WhatTheWriterWrote_IsTheSame()
    {
        IReadOnlyList<TraceFunction> made = [.. TraceGenerator.Generate(30, 7)];
        TraceWriter.Write(_trace.Files, made);

        Assert.Equal(made.Select(Text), _trace.Read().Select(Text));
    }

    [Fact]
    public void Read_CarriageReturns_AreLineEndsToo()
    {
        TraceFolder.Replace(_trace.Files.Memory, "\n", "\r\n");

        Assert.Equal(2, _trace.Read().Count);
    }

    [Fact]
    public void Read_ExponentsAndDecimals_AreNumbers()
    {
        TraceFolder.Replace(_trace.Files.Durations, ",7.5,", ",7.5E0,");

        Assert.Equal(7_500, _trace.Read()[1].Duration.Average);
    }

    [Fact]
    public void Read_WrongHeader_NamesColumnAndWhatIsExpected()
    {
        TraceFolder.Replace(_trace.Files.Invocations, "Trigger", "Trigge");

        Assert.Equal($"{_trace.Files.Invocations}, line 1, column 4 (Trigger): \"Trigge\" is not allowed; allowed: the header \"Trigger\".", _trace.Fault());
    }

    [Theory]
    [InlineData("-2")]
    [InlineData("+2")]
    [InlineData("two")]
    [InlineData("2.5")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public void Read_MinuteThatIsNoCount_NamesFileLineAndColumn(string minute)
    {
        TraceFolder.Replace(_trace.Files.Invocations, "g,timer,0,0,0,2,", $"g,timer,0,0,0,{minute},");

        Assert.Equal($"{_trace.Files.Invocations}, line 3, column 8 (4): \"{minute}\" is not allowed; allowed: a whole number from 0 to 1000000000.", _trace.Fault());
    }

    [Fact]
    public void Read_MissingMinute_NamesTheColumnThatIsMissing()
    {
        TraceFolder.Replace(_trace.Files.Invocations, "g,timer,0,", "g,timer,");

        Assert.Equal($"{_trace.Files.Invocations}, line 3, column 1444 (1440): missing: the line ends after 1443 of 1444 columns.", _trace.Fault());
    }

    [Fact]
    public void Read_OneColumnTooMany_IsRefused()
    {
        TraceFolder.Replace(_trace.Files.Memory, "owner,app-g,1,", "owner,app-g,1,1,");

        Assert.Contains("line 3, column 13: more than the 12 columns", _trace.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileCutOffWithinALine_IsRefusedEvenIfAllColumnsAreThere()
    {
        var content = File.ReadAllText(_trace.Files.Invocations);
        File.WriteAllText(_trace.Files.Invocations, content[..^1]);

        Assert.Equal($"{_trace.Files.Invocations}, line 3: the file is cut off: its last line has no line end.", _trace.Fault());
    }

    [Fact]
    public void Read_EmptyFile_IsRefused()
    {
        File.WriteAllText(_trace.Files.Durations, "");

        Assert.Contains($"{_trace.Files.Durations}: the file is empty", _trace.Fault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-7.5")]
    [InlineData("NaN")]
    [InlineData("")]
    public void Read_DurationThatIsNoNumber_NamesTheColumn(string duration)
    {
        TraceFolder.Replace(_trace.Files.Durations, "app-g,g,7.5,", $"app-g,g,{duration},");

        Assert.Equal($"{_trace.Files.Durations}, line 3, column 4 (Average): \"{duration}\" is not allowed; allowed: a number from 0 to 1000000000, with or without decimals.", _trace.Fault());
    }

    [Fact]
    public void Read_FallingPercentile_IsRefused()
    {
        TraceFolder.Replace(_trace.Files.Durations, "7.5,7.5,7.5,7.5\n", "7.5,7.5,7.4,7.5\n");

        Assert.Contains("line 3, column 13 (percentile_Average_99): below the percentile before it", _trace.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FunctionWithoutDurations_IsRefusedOrSkipped()
    {
        TraceFolder.Replace(_trace.Files.Durations, "app-g,g,", "app-g,h,");
        var reader = new TraceReader(_trace.Files, IncompleteFunctions.Skip);

        Assert.Equal($"{_trace.Files.Invocations}, line 3, column 3 (HashFunction): \"g\" has no run times in {_trace.Files.Durations}.", _trace.Fault());
        Assert.Equal("f", Assert.Single(reader.Read()).Name);
        Assert.Equal(1, reader.Skipped);
    }

    [Fact]
    public void Read_AppWithoutMemory_IsRefused()
    {
        TraceFolder.Replace(_trace.Files.Memory, "app-g,", "app-h,");

        Assert.Contains("line 3, column 2 (HashApp): \"app-g\" has no memory", _trace.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FunctionTwice_IsRefused()
    {
        TraceFolder.Replace(_trace.Files.Invocations, "app-g,g,", "app-f,f,");

        Assert.Contains("line 3: the function \"f\" is there a second time", _trace.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_SeveralDays_MustBeChosenFrom()
    {
        Assert.Equal(_trace.Files, TraceFiles.Find(_trace.Path, null));
        TraceWriter.Write(TraceFiles.Of(_trace.Path, 12), []);

        Assert.Contains("the days 1, 12: say which", Assert.Throws<TraceFormatException>(() => TraceFiles.Find(_trace.Path, null)).Message, StringComparison.Ordinal);
        Assert.Contains("days there: 1, 12", Assert.Throws<TraceFormatException>(() => TraceFiles.Find(_trace.Path, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SampleOfTheRepository_IsAWholeTrace()
    {
        var files = TraceFiles.Find(Path.Combine(Testing.Repository.Root, "experiments", "traces"), null);

        Assert.Equal(50, new TraceReader(files, IncompleteFunctions.Refuse).Read().Count());
    }

    private static string Text(TraceFunction f) =>
        string.Join(';', f.Owner, f.App, f.Name, f.Trigger, string.Join(',', f.PerMinute), f.Duration with { Percentiles = [] }, string.Join(',', f.Duration.Percentiles))
        + string.Join(';', f.Memory with { Percentiles = [] }, string.Join(',', f.Memory.Percentiles)).Replace("System.Int64[]", "", StringComparison.Ordinal);
}
