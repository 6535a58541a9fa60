using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartRadio.Node.Virtual.Fleet;

namespace SmartRadio.Node.Virtual.Enrolment;

/// <summary>
/// A code as a person typed it: the twelve letters and digits that are redeemed and, where nobody vouches for the controller's
/// certificate, twenty hexadecimal digits of its SHA-256 fingerprint.
/// </summary>
/// <param name="Letters">What is sent.</param>
/// <param name="Fingerprint">The beginning of the only certificate to talk to; null = one that the system trusts.</param>
internal sealed record TypedCode(string Letters, string? Fingerprint)
{
    private const int LettersLength = 12;
    private const int FingerprintLength = 20;

    /// <exception cref="FleetException">It is neither with nor without a fingerprint.</exception>
    public static TypedCode Parse(string text)
    {
        var typed = new string([.. text.Where(letter => letter is not ('-' or ' ')).Select(char.ToUpperInvariant)]);
        return typed.Length switch
        {
            LettersLength => new TypedCode(typed, null),
            LettersLength + FingerprintLength => new TypedCode(typed[..LettersLength], typed[LettersLength..]),
            _ => throw new FleetException(
                $"The code must have {LettersLength} letters and digits, or {LettersLength + FingerprintLength} with the fingerprint."),
        };
    }

    /// <summary>Whether this is the certificate that the code was made for.</summary>
    public bool Vouches(X509Certificate2 certificate) =>
        Fingerprint is not null
            && Convert.ToHexString(SHA256.HashData(certificate.RawData)).StartsWith(Fingerprint, StringComparison.Ordinal);

    public override string ToString() => "an enrolment code";
}
