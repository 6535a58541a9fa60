namespace SmartRadio.Controller.Templates;

/// <summary>A text that an area speaks again and again, with blanks for what changes.</summary>
public sealed class BulletinTemplate
{
    public long Id { get; set; }

    /// <summary>The area whose template it is, with all below it; null = all together.</summary>
    public long? AreaId { get; set; }

    public required string Title { get; set; }

    /// <summary>A blank is a name in square brackets: see <see cref="TemplateBlanks"/>.</summary>
    public required string Text { get; set; }
}
