using System.Text;
using ContainerManager.Stores;
using ContainerManager.Stores.FileSystem;
using FsCheck;
using FsCheck.Fluent;

namespace ContainerManager.Tests.Stores;

public sealed class FileNamesTests
{
    private static readonly string[] Pieces =
        ["", ".", "..", "a", "ä", "😀", "%", "%scp=", "%scp+", "%scp>", ".scp-incoming", " ", "\n", "-", new('x', 100), new('y', 247), new('z', 250), new('w', 255)];

    private static Arbitrary<string> Parts => Gen.Elements(Pieces).ArrayOf().Select(string.Concat)
        .Where(part => Encoding.UTF8.GetByteCount(part) <= ObjectNames.MaxKeyBytes).ToArbitrary();

    private static Config Seeded => Config.QuickThrowOnFailure.WithReplay(20260801, 7).WithMaxTest(1000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_AnyPart_GivesNamesThatFileSystemsHoldAndThatDecodeToIt(bool isDirectory) => Prop.ForAll(Parts, part =>
    {
        foreach (var names in FileNames.Of(part, isDirectory))
        {
            Assert.All(names, name => Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255));
            Assert.All(names, name => Assert.True(name is not ("." or "..") && !name.StartsWith(FileNames.Reserved, StringComparison.Ordinal)));
            var decoded = string.Concat(names.Select((name, i) => FileNames.Decode(name, isDirectory || i < names.Length - 1)));
            Assert.Equal(isDirectory ? part + "/" : part, decoded);
        }
    }).Check(Seeded);

    [Fact]
    public void Of_TwoParts_HaveNoNameInCommon() => Prop.ForAll(Parts, Parts, (one, other) =>
    {
        if (one != other)
        {
            Assert.Empty(Names(one).Intersect(Names(other)));
        }
    }).Check(Seeded);

    [Theory]
    [InlineData("plain name.txt")]
    [InlineData("%41")]
    [InlineData("%scp")]
    [InlineData("-rf")]
    public void Of_OrdinaryName_IsItself(string name) => Assert.Equal([name], FileNames.Of(name, isDirectory: false).First());

    [Fact]
    public void Utf8Order_AnyTwoKeys_OrdersThemByTheirBytes()
    {
        string[] texts = ["", "a", "b", "/", "é", "\ud7ff", "\ue000", "\uffff", "😀", "\U0010ffff"];
        var keys = Gen.Elements(texts).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(keys, keys, (left, right) => Assert.Equal(
            Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))),
            Math.Sign(ObjectNames.Utf8Order.Compare(left, right)))).Check(Seeded);
    }

    private static IEnumerable<string> Names(string part) => FileNames.Of(part, isDirectory: false).Select(names => string.Join('/', names));
}
