using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using SmartRadio.Controller.Access;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Mail;

/// <summary>
/// Tells approvers who gave an e-mail address which bulletins wait for them, each bulletin once. What could not be sent is
/// sent later, to those who were not told yet; only a restart meanwhile tells the others twice.
/// </summary>
internal sealed class ApprovalMail(
    ApprovalsToTell waiting, MailSender sender, Words words, IOptions<MailOptions> options, TimeProvider time,
    ILogger<ApprovalMail> logger) : BackgroundService
{
    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("vi"), CultureInfo.GetCultureInfo("en")];

    /// <summary>Who was told of which already, while the server does not take the others' messages.</summary>
    private readonly HashSet<(string Email, long Bulletin)> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value is not { Host: not null, From: { } from, Address: { } address })
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var (approvers, bulletins) = await waiting.FindAsync(options.Value.Rest, stoppingToken);
                if (await TellAsync(approvers, from, address, stoppingToken) && bulletins.Count > 0)
                {
                    await waiting.NoteAsync(bulletins, stoppingToken);
                    _told.Clear();
                }
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // Whatever it was, the server or the line: it is tried again, and who looks after the machine should know.
                logger.LogWarning(problem, "Approvers could not be told by e-mail; tried again soon");
            }
        }
    }

    /// <summary>True when nobody is left to be told of them.</summary>
    private async Task<bool> TellAsync(
        IReadOnlyList<ApproverToTell> approvers, string from, Uri address, CancellationToken cancellationToken)
    {
        var news = approvers
            .Select(each => each with { Bulletins = [.. each.Bulletins.Where(row => !_told.Contains((each.Email, row.Id)))] })
            .Where(each => each.Bulletins.Count > 0).ToDictionary(each => MessageTo(each, from, address));
        return news.Count == 0
            || await sender.SendAsync(
                news.Keys, message => _told.UnionWith(news[message].Bulletins.Select(row => (news[message].Email, row.Id))),
                cancellationToken) == 0;
    }

    private MimeMessage MessageTo(ApproverToTell approver, string from, Uri address)
    {
        var message = new MimeMessage();
        message.From.Add(new MailboxAddress("SmartRadio", from));
        message.To.Add(new MailboxAddress(approver.Name, approver.Email));
        var (subjects, text) = (new List<string>(), new StringBuilder());
        foreach (var language in Languages)
        {
            CultureInfo.CurrentUICulture = language;
            subjects.Add(words["Mail.Approve.Subject", approver.Bulletins.Count]);
            text.AppendLine(words["Mail.Approve.Text"]).AppendLine();
        }

        foreach (var (id, title) in approver.Bulletins)
        {
            text.AppendLine(title).AppendLine(new Uri(address, string.Create(CultureInfo.InvariantCulture, $"/bulletins/{id}")).ToString());
        }

        message.Subject = string.Join(" / ", subjects);
        message.Body = new TextPart("plain") { Text = text.ToString() };
        return message;
    }
}
