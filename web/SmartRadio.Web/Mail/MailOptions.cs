using System.ComponentModel.DataAnnotations;

namespace SmartRadio.Web.Mail;

/// <summary>How a mail server is reached.</summary>
public enum MailSecurity
{
    /// <summary>A plain connection that becomes TLS, port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte, port 465.</summary>
    Tls,

    /// <summary>Without TLS: for a server on the same machine.</summary>
    None,
}

/// <summary>Where e-mail is handed over; without a host none is sent.</summary>
public sealed class MailOptions
{
    public const string Section = "SmartRadio:Mail";

    /// <summary>Name of the mail server; null = no e-mail.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Null = the server wants no sign-in.</summary>
    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender's address.</summary>
    public string? From { get; set; }

    /// <summary>Under which people open the pages, such as https://loa.example.vn; links begin with it.</summary>
    public Uri? Address { get; set; }

    /// <summary>From the last change of a bulletin to the mail: whoever mends it at once sends one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Between two looks for what waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);
}
