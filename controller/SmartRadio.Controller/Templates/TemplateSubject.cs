using System.Globalization;

namespace SmartRadio.Controller.Templates;

/// <summary>How the audit log names the templates of an area: one that was removed lies there still.</summary>
internal static class TemplateSubject
{
    private const string All = "all";

    public static string Of(long? area) =>
        area is { } id ? string.Create(CultureInfo.InvariantCulture, $"templates {id}") : $"templates {All}";
}
