using System.Globalization;
using SmartRadio.Controller;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Drafts;
using SmartRadio.Controller.Templates;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Bulletins;

/// <content>What the form begins with: a draft, or a template.</content>
public sealed partial class NewBulletinPage
{
    /// <summary>Blanks that a refusal names; of more it names the first.</summary>
    private const int NamedBlanks = 10;

    private TextDraft? _draft;
    private bool _isSaved;

    // Also when the other form was sent, and refused: the text stays.
    private async Task OpenDraftAsync()
    {
        if (DraftKey is { } key && Field("_handler") != "speech"
            && await Drafts.FindAsync(Actor.PersonId!, key, Cancel) is { } draft)
        {
            _draft = draft;
            SpokenArea = draft.AreaId?.ToString(CultureInfo.InvariantCulture);
            (SpokenTitle, Text, Voice) = (draft.Title, draft.Text, draft.Voice);
        }
    }

    // The page stays: it holds more than a draft does.
    private async Task SaveDraftAsync()
    {
        UsedDraft ??= SaveDraft.NewKey();
        var request = new SaveDraftRequest(UsedDraft, SpokenTitle, Text, FormValues.Id(SpokenArea), Voice)
        {
            Template = UsedTemplate,
        };
        _isSaved = await TryAsync(() => Save.HandleAsync(request, Actor, Cancel));
    }

    // It is a bulletin now. A draft that cannot be forgotten this moment is forgotten by its button.
    private async Task ForgetDraftAsync()
    {
        if (UsedDraft is { } key && await Drafts.FindAsync(Actor.PersonId!, key, Cancel) is not null)
        {
            // A second tap of the form leads to the bulletin, not here.
            await TryAsync(() => Discard.HandleAsync(key, Actor with { RequestKey = null }, Cancel));
        }
    }

    private async Task ChooseTemplateAsync()
    {
        var scope = (await Mine.GetAsync(Cancel)).Of(Right.Write);
        _template = (_draft?.Template ?? Template ?? UsedTemplate) is { Length: > 0 } key
            ? await Templates.FindAsync(key, scope, Cancel)
            : null;
        if (_template is null)
        {
            _templates = await Templates.ListAsync(scope, OfferedTemplates, Cancel);
        }
        else if (!HasForm && _draft is null)
        {
            (SpokenTitle, Text) = (_template.Title, TemplateBlanks.Fill(_template.Text, Blanks ?? []));
        }
    }

    // What stands in brackets in a text of one's own may be meant so.
    private void CheckBlanks()
    {
        if (!string.IsNullOrEmpty(UsedTemplate)
            && TemplateBlanks.Of(PlainText.Speech(Text, Audio.Value.MaxTextLength)) is { Count: > 0 } left)
        {
            throw new RefusedException(
                TemplateRefusal.BlanksLeft, string.Join(", ", left.Take(NamedBlanks).Select(name => $"[{name}]")));
        }
    }
}
