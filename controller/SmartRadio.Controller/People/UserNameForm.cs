using System.Text;
using Microsoft.AspNetCore.Identity;

namespace SmartRadio.Controller.People;

/// <summary>
/// The one form in which user names are stored, found, compared and counted: compatible characters are one (NFKC), and so are
/// small and large letters.
/// </summary>
public sealed class UserNameForm : ILookupNormalizer
{
    /// <returns>Empty for what cannot be a name: nobody has it.</returns>
    public static string Of(string name)
    {
        if (name.Length > PlainText.NameLength)
        {
            return string.Empty;
        }

        try
        {
            return name.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            // Half of a pair of surrogates.
            return string.Empty;
        }
    }

    public string? NormalizeName(string? name) => name is null ? null : Of(name);

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
