using ContainerManager.Engines;
using ContainerManager.Engines.Apptainer;
using Testing;

namespace ContainerManager.Tests.Engines;

public sealed class DefinitionRulesTests
{
    [Theory]
    [InlineData("Bootstrap: localimage\nFrom: base.sif\n%setup\n touch /x", "%setup")]
    [InlineData("Bootstrap: localimage\nFrom: base.sif\n  % SetUp\n touch /x", "%SetUp")]
    [InlineData("Bootstrap: localimage\nFrom: base.sif\n%pre\n touch /x", "%pre")]
    [InlineData("Bootstrap: localimage\nFrom: base.sif\n%files\n /etc/passwd", "%files")]
    [InlineData("Bootstrap: localimage\nFrom: base.sif\n%files from\n /etc/passwd", "%files")]
    [InlineData("Bootstrap: localimage\nFrom: base.sif\n%appfiles a\n /etc/passwd", "%appfiles")]
    [InlineData("Bootstrap: localimage\nFrom: /etc/base.sif", "\"/etc/base.sif\" on this node to build upon; allowed: base.sif")]
    [InlineData("Bootstrap: localimage\nFrom: ../images/base.sif", "../images/base.sif")]
    [InlineData("From: /etc/passwd\nBootstrap: localimage", "before")]
    [InlineData("bootstrap: docker-archive\nfrom: /etc/passwd", "docker-archive")]
    [InlineData("BootStrap: docker\nFrom: x\n%post\nBootstrap : oci\nFrom: /", "oci")]
    [InlineData("%post\necho", "no \"Bootstrap:\" line")]
    [InlineData("", "no \"Bootstrap:\" line")]
    [InlineData("garbage \u0001 ÿ", "no \"Bootstrap:\" line")]
    public void Check_ReachesTheNode_Refused(string text, string reason)
    {
        using var images = Images();

        var error = Assert.Throws<EngineException>(() => DefinitionRules.Check("a.def", text, images.Path));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SeveralStages_NamesTheBases()
    {
        using var images = Images();
        const string text = "Bootstrap: docker\nFrom: debian\nStage: one\n%post\ntrue\n\nBootstrap: localimage\nFrom: base.sif\n%files from one\n/a /b\n";

        Assert.Equal([images.Combine("base.sif")], DefinitionRules.Check("a.def", text, images.Path));
    }

    [Fact]
    public void Check_NoImagesDirectory_SaysThereAreNone()
    {
        var error = Assert.Throws<EngineException>(() => DefinitionRules.Check("a.def", "Bootstrap: localimage\nFrom: base.sif", null));

        Assert.Contains("no images here", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%arguments\n A=1\n%post\n echo {{ A }}{{A}}", "%arguments\n A=1\n%post\n echo 11")]
    [InlineData("MirrorURL: {{ DEBIAN_MIRROR }}", "MirrorURL: http://mirror")]
    [InlineData("%arguments\nDEBIAN_MIRROR=x\n%post\n{{ DEBIAN_MIRROR }}", "%arguments\nDEBIAN_MIRROR=x\n%post\nhttp://mirror")]
    [InlineData("echo '{{.Names}}'", "echo '{{.Names}}'")]
    public void Expand_Arguments_AreFilledIn(string text, string expected) =>
        Assert.Equal(expected, DefinitionArguments.Expand("a.def", text, "http://mirror"));

    [Theory]
    [InlineData("echo {{ A }}")]
    [InlineData("%arguments\nA={{ B }}\nB=%setup\n%post\n{{ A }}")]
    public void Expand_NoPlainValue_Refused(string text) =>
        Assert.Throws<EngineException>(() => DefinitionArguments.Expand("a.def", text, null));

    [Fact]
    public void Check_SectionHiddenInArgument_RefusedOnceFilledIn()
    {
        const string text = "Bootstrap: docker\nFrom: debian\n%arguments\nA=set\n%{{ A }}up\ntouch /x\n";

        Assert.Throws<EngineException>(() => DefinitionRules.Check("a.def", DefinitionArguments.Expand("a.def", text, null), null));
    }

    [Fact]
    public void Parse_IndexTargets_FindsDebiansMainArchive()
    {
        const string targets = "https://example.org/apt Example/Example\nhttp://a/debian-security Debian/Debian-Security\nhttp://a/debian Debian/Debian\n";

        Assert.Equal("http://a/debian", DebianMirror.Parse(targets));
        Assert.Null(DebianMirror.Parse(""));
    }

    private static TempDirectory Images()
    {
        var images = new TempDirectory();
        File.WriteAllText(images.Combine("base.sif"), "");
        return images;
    }
}
