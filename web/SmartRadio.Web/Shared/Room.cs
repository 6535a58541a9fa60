using SmartRadio.Web.Shared.Layout;
using SmartRadio.Web.Streaming;

namespace SmartRadio.Web.Shared;

/// <summary>
/// What a room brings to the house, beside its pages, which are found by themselves. A new room is a folder with one of these,
/// and a line in Hosting/RoomList.cs.
/// </summary>
internal abstract class Room
{
    /// <summary>Where one can go in it.</summary>
    public virtual IReadOnlyList<Place> Places => [];

    /// <summary>The live parts of its pages.</summary>
    public virtual IReadOnlyList<IslandKind> Islands => [];

    /// <summary>What stands above every page.</summary>
    public virtual IReadOnlyList<PageBanner> Banners => [];

    /// <summary>What it adds to the page of a bulletin.</summary>
    public virtual IReadOnlyList<BulletinCard> BulletinCards => [];

    public virtual void AddServices(IServiceCollection services)
    {
    }

    /// <summary>Its operations, for programs with a key.</summary>
    public virtual void MapApi(IEndpointRouteBuilder api)
    {
    }

    /// <summary>Its buttons, which are forms of their own.</summary>
    public virtual void MapForms(IEndpointRouteBuilder forms)
    {
    }

    /// <summary>What else its pages ask for.</summary>
    public virtual void MapFiles(IEndpointRouteBuilder app)
    {
    }
}
