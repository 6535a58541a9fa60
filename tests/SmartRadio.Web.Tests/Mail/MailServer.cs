using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace SmartRadio.Web.Tests.Mail;

/// <summary>A mail server on a free port of the loopback that keeps what it is given.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="port">Where it listens.</param>
    /// <param name="full">A receiver whose mail it will not take now.</param>
    public MailServer(int port, string? full = null)
    {
        var services = new ServiceProvider();
        services.Add(new Store(Received, Refused, full));
        var options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build();
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
    }

    public ConcurrentQueue<MimeMessage> Received { get; } = [];

    /// <summary>What it would not take.</summary>
    public ConcurrentQueue<MimeMessage> Refused { get; } = [];

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private sealed class Store(ConcurrentQueue<MimeMessage> received, ConcurrentQueue<MimeMessage> refused, string? full)
        : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken)
        {
            using var content = new MemoryStream(buffer.ToArray());
            var message = await MimeMessage.LoadAsync(content, cancellationToken);
            var isFull = message.To.Mailboxes.Any(receiver => receiver.Address == full);
            (isFull ? refused : received).Enqueue(message);
            return isFull ? new SmtpResponse(SmtpReplyCode.InsufficientStorage, "later") : SmtpResponse.Ok;
        }
    }
}
