using SmartRadio.Web.Shared;

namespace SmartRadio.Web.SignIn;

internal sealed class SignInRoom : Room
{
    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapSignOut();
}
