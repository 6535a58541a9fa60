using SmartRadio.Controller.Areas;

namespace SmartRadio.Controller.Complaints;

/// <summary>Reads what residents and officers write about a complaint: one line each, without hidden characters.</summary>
internal static class ComplaintText
{
    /// <summary>What people write between the digits of a telephone number.</summary>
    private const string Marks = "+-.() ";

    private const int LongestSearch = 200;

    /// <summary>The words of a resident; only "other" needs any.</summary>
    /// <exception cref="RefusedException">
    /// <see cref="ComplaintRefusal.ComplaintWordsTooLong"/>, <see cref="ComplaintRefusal.ComplaintWordsMissing"/>.
    /// </exception>
    public static string Words(string? text, ComplaintKind kind)
    {
        var words = PlainText.Words(text, NoteComplaint.LongestWords)
            ?? throw new RefusedException(ComplaintRefusal.ComplaintWordsTooLong, NoteComplaint.LongestWords);
        return kind == ComplaintKind.Other && !words.Any(char.IsLetterOrDigit)
            ? throw new RefusedException(ComplaintRefusal.ComplaintWordsMissing)
            : words;
    }

    /// <exception cref="RefusedException">
    /// <see cref="ComplaintRefusal.ComplaintWordsTooLong"/>, <see cref="ComplaintRefusal.ComplaintAnswerMissing"/>.
    /// </exception>
    public static string Answer(string? text)
    {
        var answer = PlainText.Words(text, AnswerComplaint.Longest)
            ?? throw new RefusedException(ComplaintRefusal.ComplaintWordsTooLong, AnswerComplaint.Longest);
        return answer.Any(char.IsLetterOrDigit) ? answer : throw new RefusedException(ComplaintRefusal.ComplaintAnswerMissing);
    }

    /// <returns>Null for none.</returns>
    /// <exception cref="RefusedException"><see cref="Refusal.NameTooLong"/>.</exception>
    public static string? CallerName(string? text)
    {
        var name = PlainText.Words(text, NoteComplaint.LongestName)
            ?? throw new RefusedException(Refusal.NameTooLong, NoteComplaint.LongestName);
        return name.Length == 0 ? null : name;
    }

    /// <summary>Digits, with the marks that people write between them.</summary>
    /// <returns>Null for none.</returns>
    /// <exception cref="RefusedException"><see cref="ComplaintRefusal.ComplaintPhoneWrong"/>.</exception>
    public static string? CallerPhone(string? text)
    {
        const int fewest = 3;
        var phone = PlainText.Words(text, NoteComplaint.LongestPhone);
        return phone is { Length: 0 } ? null
            : phone is not null && phone.Count(char.IsAsciiDigit) >= fewest
                && phone.All(letter => char.IsAsciiDigit(letter) || Marks.Contains(letter))
                ? phone
                : throw new RefusedException(ComplaintRefusal.ComplaintPhoneWrong, NoteComplaint.LongestPhone);
    }

    /// <summary>An area as residents and officers call it.</summary>
    public static string AreaName(Area area) => $"{area.Level} {area.Name}";

    /// <summary>The words of a search; none for a text that is too long.</summary>
    public static string Asked(string? text) => PlainText.Words(text, LongestSearch) ?? string.Empty;
}
