using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Layout;

namespace SmartRadio.Web.Audit;

internal sealed class AuditRoom : Room
{
    public override IReadOnlyList<Place> Places => [new("/audit", "audit", "Nav.Audit", Needs: Right.Administer)];
}
