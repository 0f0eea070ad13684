using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace PlatformHarness;

/// <summary>Addresses for services under test.</summary>
/// <remarks>
/// A service that is killed leaves its port free until it is started again. Linux gives ports from 32768 on to whoever asks for any, and to
/// outgoing connections: from there, another service could come to answer in the place of the killed one.
/// </remarks>
internal static class LoopbackAddress
{
    private const int FirstPort = 10_000;
    private const int FirstOfAnybody = 32_768;

    // Nobody listens on these UDP sockets: each keeps the TCP port of its number for this process, against others that do the same.
    private static readonly ConcurrentBag<Socket> Reservations = [];

    /// <summary>One that nobody else is given while this process lives.</summary>
    public static Uri Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(FirstPort, FirstOfAnybody);
            if (TryBind(port, SocketType.Dgram, ProtocolType.Udp) is not { } reservation)
            {
                continue;
            }

            using var listener = TryBind(port, SocketType.Stream, ProtocolType.Tcp);
            if (listener is null)
            {
                reservation.Dispose();
                continue;
            }

            Reservations.Add(reservation);
            return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        }
    }

    private static Socket? TryBind(int port, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol) { ExclusiveAddressUse = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
