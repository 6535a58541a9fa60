using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Lexicon;

internal sealed class LexiconRoom : Room
{
    private const string Icon = "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6";

    public override IReadOnlyList<Place> Places => [new("/lexicon", Icon, "Nav.Lexicon", false, Right.Write)];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapLexicon();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapLexiconForms();

    public override void MapFiles(IEndpointRouteBuilder app) => app.MapLexiconSamples();
}
