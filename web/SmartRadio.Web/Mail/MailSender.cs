using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace SmartRadio.Web.Mail;

/// <summary>Hands messages to the mail server, all over one connection.</summary>
internal sealed class MailSender(IOptions<MailOptions> options, ILogger<MailSender> logger)
{
    /// <summary>Replies from here on are for good, RFC 5321, 4.2.1.</summary>
    private const int Permanent = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends each. One that the server rejects for good is logged and counts as sent.</summary>
    /// <param name="messages">Each with its receiver.</param>
    /// <param name="sent">Is told of each that the server took or rejected for good.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many the server would not take now.</returns>
    /// <exception cref="IOException">The server cannot be reached, or as MailKit says: nothing more was sent.</exception>
    public async Task<int> SendAsync(
        IEnumerable<MimeMessage> messages, Action<MimeMessage> sent, CancellationToken cancellationToken)
    {
        var left = 0;
        var mail = options.Value;
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        var security = mail.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(mail.Host!, mail.Port, security, cancellationToken);
        if (mail.UserName is { } user)
        {
            await client.AuthenticateAsync(user, mail.Password ?? string.Empty, cancellationToken);
        }

        foreach (var message in messages)
        {
            try
            {
                await client.SendAsync(message, cancellationToken);
                sent(message);
            }
            catch (SmtpCommandException rejected)
            {
                logger.LogWarning("A message was rejected by the mail server: {Status}", rejected.StatusCode);
                if ((int)rejected.StatusCode >= Permanent)
                {
                    // The next time it would say the same.
                    sent(message);
                }
                else
                {
                    left++;
                }
            }
        }

        await client.DisconnectAsync(quit: true, cancellationToken);
        return left;
    }
}
