namespace SmartRadio.Controller.Drafts;

/// <summary>A text on its way to a bulletin: kept for whoever writes it, on all devices, until it is spoken.</summary>
public sealed class TextDraft
{
    /// <summary>Chosen by the page on which it was begun, so that saving twice keeps one.</summary>
    public required string Key { get; set; }

    public required string PersonId { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Empty while nothing was written there.</summary>
    public required string Title { get; set; }

    public required string Text { get; set; }

    /// <summary>The area that was chosen; it is checked when the text is spoken.</summary>
    public long? AreaId { get; set; }

    public string? Voice { get; set; }

    /// <summary>The key of the template it was begun with: its blanks are not spoken. It may be there no more.</summary>
    public string? Template { get; set; }
}
