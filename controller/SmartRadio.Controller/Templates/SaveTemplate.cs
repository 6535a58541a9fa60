using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Templates;

/// <param name="Id">The template that is changed; null = a new one.</param>
/// <param name="AreaId">The area whose template it is; null = all together.</param>
/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Text">At most <see cref="SaveTemplate.LongestText"/> characters.</param>
public sealed record SaveTemplateRequest(long? Id, long? AreaId, string Title, string Text)
{
    /// <summary>The mark of the template that the person saw; null = it is changed whatever it is.</summary>
    public string? Seen { get; init; }
}

/// <summary>Keeps a text with blanks for the bulletins of an area and of all below it.</summary>
public sealed class SaveTemplate(AuditedChanges changes, IOptions<LimitOptions> limits)
{
    public const int LongestText = 4000;

    /// <exception cref="RefusedException">
    /// Title or text is not accepted; <see cref="TemplateRefusal.UnknownTemplate"/>,
    /// <see cref="TemplateRefusal.TooManyTemplates"/>, <see cref="TemplateRefusal.TooManyTemplatesInAll"/>,
    /// <see cref="AreaRefusal.UnknownArea"/>, <see cref="Refusal.ChangedMeanwhile"/>.
    /// </exception>
    public Task<TemplateRow> HandleAsync(SaveTemplateRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var (title, text) = (PlainText.Title(request.Title), PlainText.Speech(request.Text, LongestText));
        return changes.ApplyAsync(actor, Right.Write, "template.save", async (change, token) =>
        {
            change.At(request.AreaId);
            await change.Db.NeedAreaAsync(request.AreaId, token);
            var template = request.Id is { } id ? await FindAsync(change, id, token) : null;
            if (template is not null)
            {
                ShownMark.Check(request.Seen, TemplateRow.Of(template).Mark);
            }

            var before = template?.AreaId;
            if (template is null || template.AreaId != request.AreaId)
            {
                await CheckCountAsync(
                    change.Db.Templates.Where(row => row.AreaId == request.AreaId), limits.Value.AreaTemplates,
                    TemplateRefusal.TooManyTemplates, token);
            }

            if (template is null)
            {
                await CheckCountAsync(
                    change.Db.Templates, limits.Value.Templates, TemplateRefusal.TooManyTemplatesInAll, token);
                template = new BulletinTemplate { Title = title, Text = text };
                change.Db.Templates.Add(template);
            }

            (template.AreaId, template.Title, template.Text) = (request.AreaId, title, text);
            await change.Db.SaveChangesAsync(token);
            return change.Report(
                TemplateRow.Of(template), TemplateSubject.Of(request.AreaId), new { template.Id, title, Before = before });
        }, cancellationToken);
    }

    internal static async Task<BulletinTemplate> FindAsync(Change change, long id, CancellationToken cancellationToken)
    {
        var template = await change.Db.Templates.FindAsync([id], cancellationToken)
            ?? throw new RefusedException(TemplateRefusal.UnknownTemplate, id.ToString(CultureInfo.InvariantCulture));
        change.At(template.AreaId);
        return template;
    }

    private static async Task CheckCountAsync(
        IQueryable<BulletinTemplate> among, int most, string refusal, CancellationToken cancellationToken)
    {
        if (await among.CountAsync(cancellationToken) >= most)
        {
            throw new RefusedException(refusal, most);
        }
    }
}
