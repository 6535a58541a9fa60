using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Clock;

internal sealed class ClockRoom : Room
{
    private const string Banner = "clock";

    public override IReadOnlyList<IslandKind> Islands => [new(Banner, typeof(ClockBanner), _ => [], "clock")];

    public override IReadOnlyList<PageBanner> Banners => [new(Banner)];

    public override void MapApi(IEndpointRouteBuilder api) => api.MapClock();

    public override void MapForms(IEndpointRouteBuilder forms) => forms.MapClockForms();
}
