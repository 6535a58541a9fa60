using System.Security.Cryptography;

namespace SmartRadio.Controller.Complaints;

/// <summary>The public address of a loudspeaker, printed on its pole.</summary>
public sealed class ComplaintAddress
{
    /// <summary>Letters and digits that are told apart in print; 12 of 30 are about 59 bits.</summary>
    private const string Alphabet = "23456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 12;

    public required string NodeId { get; set; }

    /// <summary>Tells nothing of the node, and cannot be guessed.</summary>
    public required string Token { get; set; }

    internal static string NewToken() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Whether a text could be a token at all.</summary>
    internal static bool IsToken(string? text) => text is { Length: Length } && text.All(Alphabet.Contains);
}
