using SmartRadio.Controller.Clock;
using SmartRadio.Web.Shared;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Clock;

/// <summary>The banner's button.</summary>
internal static class ClockForms
{
    public static void MapClockForms(this IEndpointRouteBuilder forms) =>
        forms.MapPost("/clock/confirm", (HttpContext context, Words words, ConfirmClock confirm) =>
            FormPosts.DoAsync(
                context, words["Clock.Confirm.Done"], () => confirm.HandleAsync(context.User.Actor(), context.RequestAborted)));
}
