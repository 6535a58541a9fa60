using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using SmartRadio.Controller;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Shared;

/// <summary>
/// A page with a form of its own: what was typed stays when it is refused, and the reason stands above the form.
/// </summary>
public abstract class FormPage : ComponentBase
{
    [Inject]
    private RefusalText Refusals { get; set; } = null!;

    [Inject]
    private IStringLocalizer<RefusalText> Sentences { get; set; } = null!;

    [Inject]
    private FlashMessage FlashMessage { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool _isWithheld;

    /// <summary>Why the form was refused, or null.</summary>
    protected string? Refused { get; private set; }

    /// <summary>It was refused because somebody else had changed what the form showed: the page shows that too.</summary>
    protected bool IsChangedMeanwhile { get; private set; }

    /// <summary>The mark of what the sent form had shown; null = it had none.</summary>
    protected string? SeenMark => Field("seen") is { Length: > 0 } seen ? seen : null;

    protected Actor Actor => Context.User.Actor();

    protected CancellationToken Cancel => Context.RequestAborted;

    /// <summary>Something was sent; before, the form holds what it begins with.</summary>
    protected bool HasForm => Context.Request.HasFormContentType;

    /// <summary>What a browser sent in a field of the form, or null.</summary>
    protected string? Field(string name) => Context.Request.HasFormContentType ? (string?)Context.Request.Form[name] : null;

    /// <summary>Does what the form asks. True when it was done; otherwise <see cref="Refused"/> says why not.</summary>
    /// <param name="work">What it asks.</param>
    /// <param name="keepsText">The form will be sent again: the browser goes on keeping what was typed.</param>
    protected async Task<bool> TryAsync(Func<Task> work, bool keepsText = false)
    {
        try
        {
            if (_isWithheld)
            {
                throw new RefusedException(Refusal.NotAllowed);
            }

            await work();
            if (!keepsText)
            {
                KeptText.Drop(Context);
            }

            return true;
        }
        catch (RefusedException refused)
        {
            if (refused.Kind == RefusalKind.TooMany)
            {
                Problems.SetRetry(Context.Response);
            }

            IsChangedMeanwhile = refused.Refusal == Refusal.ChangedMeanwhile;
            Refuse(Problems.StatusOf(refused.Kind, addressed: false), Refusals.Of(refused));
            return false;
        }
        catch (Exception error) when (StorageBusy.Is(error))
        {
            Problems.SetRetry(Context.Response);
            Refuse(StatusCodes.Status503ServiceUnavailable, Sentences[Problems.Busy]);
            return false;
        }
    }

    /// <summary>
    /// The mark that a form carries: of what it showed first, until the page has shown what somebody else made of it.
    /// </summary>
    /// <param name="now">Of what holds now.</param>
    protected string? SeenOr(string? now) => IsChangedMeanwhile ? now : SeenMark ?? now;

    protected void Refuse(int status, string sentence)
    {
        Refused = sentence;
        Context.Response.StatusCode = status;
    }

    /// <summary>
    /// Whether a form is drawn that takes a right. One that was sent all the same is drawn until it is refused: only so the
    /// sender gets the sentence that says why.
    /// </summary>
    /// <param name="form">Its name.</param>
    /// <param name="may">Whether the reader may send it.</param>
    protected bool Shows(string form, bool may)
    {
        _isWithheld |= !may && Refused is null && Context.Request.HasFormContentType && Context.Request.Form["_handler"] == form;
        return may || (_isWithheld && Refused is null);
    }

    /// <summary>What the address names does not exist: says so in the status.</summary>
    protected void NotFound() => Context.Response.StatusCode = StatusCodes.Status404NotFound;

    /// <summary>Says that it was done, on the next page.</summary>
    protected void GoTo(string path, string? done = null)
    {
        if (done is not null)
        {
            FlashMessage.Set(Context, new Message(true, done));
        }

        Navigation.NavigateTo(path);
    }
}
