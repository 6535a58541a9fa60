using System.Security.Cryptography;

namespace SmartRadio.Controller.Nodes.Enrolment;

/// <summary>
/// The form of an enrolment code: 12 of 30 letters and digits that are told apart in print and over the telephone, about 59
/// bits, in groups of four. Guessing is hopeless while it lasts because trading is limited to some tries a minute.
/// </summary>
public static class EnrolmentCodeText
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 12;
    private const int Group = 4;

    /// <summary>A fresh code, as people read it.</summary>
    public static string New() =>
        string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(Group).Select(group => new string(group)));

    /// <summary>The letters and digits of a code, however it was typed; null when it cannot be one.</summary>
    public static string? Read(string text)
    {
        if (text.Length > 4 * Length)
        {
            return null;
        }

        var letters = new string([.. text.Where(letter => letter is not ('-' or ' ')).Select(char.ToUpperInvariant)]);
        return letters.Length == Length && letters.All(Alphabet.Contains) ? letters : null;
    }
}
