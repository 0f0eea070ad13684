using System.Globalization;
using System.Text;
using Traces;

namespace Benchmarks.Workloads;

/// <summary>A small genome of random bases, and reads of it with errors, as a sequencer makes them.</summary>
internal static class Genome
{
    private const int Chromosomes = 4;
    private const int BasesOfChromosome = 500_000;
    private const int LineLength = 60;
    private const int Reads = 60_000;
    private const int ReadLength = 150;
    private const int ErrorsPerThousand = 8;
    private const string Bases = "ACGT";

    /// <summary>The genome as FASTA.</summary>
    public static async Task WriteAsync(string path)
    {
        await using var writer = new StreamWriter(path) { NewLine = "\n" };
        for (var chromosome = 1; chromosome <= Chromosomes; chromosome++)
        {
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $">chr{chromosome}"));
            var bases = Chromosome(chromosome);
            for (var i = 0; i < bases.Length; i += LineLength)
            {
                await writer.WriteLineAsync(bases.AsMemory(i, Math.Min(LineLength, bases.Length - i)));
            }
        }
    }

    /// <summary>Reads from anywhere as FASTQ; another number, other reads.</summary>
    public static async Task WriteReadsAsync(int number, string path)
    {
        string[] chromosomes = [.. Enumerable.Range(1, Chromosomes).Select(Chromosome)];
        var random = StableRandom.For((ulong)number, "reads");
        await using var writer = new StreamWriter(path) { NewLine = "\n" };
        var quality = new string('I', ReadLength);
        for (var read = 0; read < Reads; read++)
        {
            var chromosome = chromosomes[random.Below(Chromosomes)];
            var bases = WithErrors(chromosome.AsSpan(random.Below(BasesOfChromosome - ReadLength), ReadLength), random);
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"@read{read}\n{bases}\n+\n{quality}"));
        }
    }

    private static string Chromosome(int number)
    {
        var random = StableRandom.For((ulong)number, "chromosome");
        var bases = new StringBuilder(BasesOfChromosome);
        for (var i = 0; i < BasesOfChromosome; i++)
        {
            bases.Append(Bases[random.Below(Bases.Length)]);
        }

        return bases.ToString();
    }

    private static string WithErrors(ReadOnlySpan<char> bases, StableRandom random)
    {
        var read = bases.ToArray();
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = random.Below(1000) < ErrorsPerThousand ? Bases[random.Below(Bases.Length)] : read[i];
        }

        return new string(read);
    }
}
