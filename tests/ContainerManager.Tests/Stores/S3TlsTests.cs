using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ContainerManager.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;
using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>TLS with a certificate of one's own, as MinIO is often run.</summary>
public sealed class S3TlsTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly X509Certificate2 _certificate = SelfSigned();
    private WebApplication _server = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _server = builder.Build();
        _server.Run(context => context.Response.WriteAsync(""));
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task BucketExists_CertificateOfTheCaFile_IsTrusted()
    {
        await File.WriteAllTextAsync(_directory.Combine("ca.pem"), _certificate.ExportCertificatePem());
        await using var store = Open(_directory.Combine("ca.pem"));
        Assert.True(await store.BucketExistsAsync("bucket", None));
    }

    [Fact]
    public async Task BucketExists_UnknownCertificate_IsUnavailable()
    {
        await using var store = Open(null);
        Assert.Equal(StoreFailure.Unavailable, await store.BucketExistsAsync("bucket", None).FailsAsync());
    }

    private IObjectStore Open(string? caFile)
    {
        var address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var options = new StoreOptions
        {
            Kind = StoreKind.S3,
            Endpoint = new Uri(address),
            AccessKey = "a",
            SecretKey = "b",
            CaFile = caFile,
        };
        return ObjectStores.Open(options, TimeProvider.System, NullLoggerFactory.Instance);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
