using System.Net;
using System.Net.Sockets;

namespace PlatformHarness;

/// <summary>Addresses for services under test.</summary>
internal static class LoopbackAddress
{
    /// <summary>One on which nobody listens at this moment.</summary>
    public static Uri Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
