namespace SmartRadio.Web.Shared.Repeats;

/// <summary>Where a page shows what was changed.</summary>
internal static class SubjectAddress
{
    /// <param name="subject">As in the audit log, for example "broadcast 17".</param>
    /// <param name="form">Path of the page that held the form; people go back there where the subject has no page.</param>
    /// <param name="name">The form's own.</param>
    public static string Of(string subject, PathString form, string? name) => subject.Split(' ', 2) switch
    {
        ["broadcast", var id] => $"/broadcasts/{id}",
        ["bulletin", _] when name == "delete" => "/bulletins",
        ["bulletin", var id] => $"/bulletins/{id}",
        ["draft", var key] => $"/bulletins/new?draft={key}",
        ["node", var id] => $"/nodes/{id}",
        ["area", _] => "/areas",
        ["group", _] => "/groups",
        ["lexicon", "all"] => "/lexicon",
        ["lexicon", var area] => $"/lexicon?area={area}",
        ["complaint", var id] => $"/complaints/{id}",
        ["schedule", var id] => $"/schedules/{id}",
        ["release" or "rollout", _] => "/releases",
        ["person", _] when form == "/password" || form == "/account/second-factor" => "/account",
        _ => LocalPath.OrHome(form.ToUriComponent()),
    };
}
