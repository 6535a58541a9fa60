using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Web.Shared;

/// <summary>A part of a bulletin's page that another room brings; the page's own room does not know it.</summary>
/// <param name="Component">Has one parameter, the <see cref="Bulletin"/>.</param>
internal sealed record BulletinCard(Type Component);
