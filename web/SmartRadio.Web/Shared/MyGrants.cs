using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Shared;

/// <summary>What whoever is signed in may do, read once a request. Pages show no button for what lies outside it.</summary>
internal sealed class MyGrants(IHttpContextAccessor requests, Viewer viewer, AccessQuery access, AreaQuery areas)
{
    private Grants? _grants = viewer.Grants;

    public async ValueTask<Grants> GetAsync(CancellationToken cancellationToken) =>
        _grants ??= await access.GrantsAsync(requests.HttpContext!.User.Actor(), cancellationToken);

    /// <summary>The areas whose nodes, bulletins and broadcasts are shown.</summary>
    public async ValueTask<AreaScope> SeenAsync(CancellationToken cancellationToken) =>
        (await GetAsync(cancellationToken)).Of(Right.See);

    /// <summary>
    /// Where somebody works who does not say where: everywhere (null) who may, else the first of the person's areas.
    /// </summary>
    public async ValueTask<long?> HomeAsync(Right right, CancellationToken cancellationToken)
    {
        var scope = (await GetAsync(cancellationToken)).Of(right);
        return scope.IsEverywhere ? null : (await areas.LoadAsync(cancellationToken)).Within(scope).Roots.FirstOrDefault()?.Id;
    }

    /// <summary>Refuses what needs a right that holds nowhere.</summary>
    /// <exception cref="Controller.RefusedException">It does not.</exception>
    public async ValueTask NeedAsync(Right right, CancellationToken cancellationToken)
    {
        if (!(await GetAsync(cancellationToken)).MayAnywhere(right))
        {
            throw new Controller.RefusedException(Controller.Refusal.NotAllowed);
        }
    }
}
