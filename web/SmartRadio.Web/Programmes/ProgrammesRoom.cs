using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Programmes;

/// <summary>Programmes are made here; from then on they are bulletins, and lie among them.</summary>
internal sealed class ProgrammesRoom : Room
{
    public override void MapApi(IEndpointRouteBuilder api) => api.MapProgrammes();
}
