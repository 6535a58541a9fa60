using System.Globalization;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Templates;

/// <summary>A template was saved or removed.</summary>
public sealed record TemplatesChanged(long TemplateId) : IEvent
{
    public IEnumerable<Subject> About => [new("template", TemplateId.ToString(CultureInfo.InvariantCulture))];

    internal static string SubjectOf(long id) => string.Create(CultureInfo.InvariantCulture, $"template {id}");
}
