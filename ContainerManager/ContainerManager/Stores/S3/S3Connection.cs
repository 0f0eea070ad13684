using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime;
using Amazon.S3;

namespace ContainerManager.Stores.S3;

/// <summary>Makes the client that speaks to the S3 server.</summary>
internal static class S3Connection
{
    // Each retry waits longer than the one before; together they bridge the restart of a server, not its absence.
    private const int MaxRetries = 2;

    public static AmazonS3Client Open(StoreOptions options)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = options.Endpoint!.AbsoluteUri,
            AuthenticationRegion = options.Region,
            // Buckets as part of the host's name need a name server that knows them all.
            ForcePathStyle = true,
            // Checksums that only Amazon's own servers and new ones understand.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = MaxRetries,
            // A put lasts as long as its content is long: S3ObjectStore has its own time limits.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        if (!string.IsNullOrWhiteSpace(options.CaFile))
        {
            config.HttpClientFactory = new TrustingClientFactory(options.CaFile);
        }

        return new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.ReadSecretKey()), config);
    }

    /// <summary>Trusts the authorities of a file, and nobody else.</summary>
    private sealed class TrustingClientFactory(string caFile) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(caFile);
            var handler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
            };
            return new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        }
    }
}
