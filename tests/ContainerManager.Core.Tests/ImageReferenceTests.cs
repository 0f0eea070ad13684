using ContainerManager.Core.Buckets;

namespace ContainerManager.Core.Tests;

public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("debian", "debian", "latest", "debian:latest")]
    [InlineData("debian:13", "debian", "13", "debian:13")]
    [InlineData("library/debian:13.1-slim", "library/debian", "13.1-slim", "library/debian:13.1-slim")]
    [InlineData("registry.example.org:5000/team/tool:V2_a", "registry.example.org:5000/team/tool", "V2_a", "registry.example.org:5000/team/tool:V2_a")]
    [InlineData("localhost:5000/tool", "localhost:5000/tool", "latest", "localhost:5000/tool:latest")]
    [InlineData("a__b--c.d/e_f", "a__b--c.d/e_f", "latest", "a__b--c.d/e_f:latest")]
    [InlineData("tool@" + Digest, "tool", Digest, "tool@" + Digest)]
    [InlineData("tool:1@" + Digest, "tool", Digest, "tool@" + Digest)]
    public void Parse_Reference_IsTakenApart(string text, string name, string version, string whole)
    {
        var reference = ImageReference.Parse(text);

        Assert.Equal(new ImageReference(name, version), reference);
        Assert.Equal(whole, reference!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" debian")]
    [InlineData("debian ")]
    [InlineData("debian\n")]
    [InlineData("Debian")]
    [InlineData("-debian")]
    [InlineData("/debian")]
    [InlineData("debian/")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("a:")]
    [InlineData("a:b:c")]
    [InlineData("a:.b")]
    [InlineData("a?b=c")]
    [InlineData("a%2fb")]
    [InlineData("a@sha256:abc")]
    [InlineData("a@md5:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("image.sif/")]
    public void Parse_NoReference_IsNull(string text) => Assert.Null(ImageReference.Parse(text));

    [Fact]
    public void Parse_Length_IsBounded()
    {
        Assert.NotNull(ImageReference.Parse(new string('a', 255)));
        Assert.Null(ImageReference.Parse(new string('a', 256)));
    }

    [Fact]
    public void Parse_TagOf129Characters_IsNull()
    {
        Assert.NotNull(ImageReference.Parse("a:" + new string('b', 128)));
        Assert.Null(ImageReference.Parse("a:" + new string('b', 129)));
    }
}
