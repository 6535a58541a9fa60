using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using SmartRadio.Controller;

namespace SmartRadio.Web.Text;

/// <summary>
/// Writes text into pages. Characters that hide or reorder what is seen are shown as "\ufffd", whoever wrote them: a person of an
/// older version, a node, a browser that names itself. All that pages show goes through here.
/// </summary>
internal sealed unsafe class ShownText : HtmlEncoder
{
    private const char Mark = '\ufffd';

    private static readonly HtmlEncoder Inner = Create(UnicodeRanges.All);

    public override int MaxOutputCharactersPerInputCharacter => Inner.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => IsHidden(unicodeScalar) || Inner.WillEncode(unicodeScalar);

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var whole = new ReadOnlySpan<char>(text, textLength);
        var found = Inner.FindFirstCharacterToEncode(text, textLength);
        var left = found < 0 ? whole : whole[..found];
        for (var at = 0; at < left.Length;)
        {
            // What is no scalar is found by the inner one.
            if (Rune.DecodeFromUtf16(left[at..], out var rune, out var length) == OperationStatus.Done && IsHidden(rune.Value))
            {
                return at;
            }

            at += length;
        }

        return found;
    }

    public override bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (!IsHidden(unicodeScalar))
        {
            return Inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        }

        numberOfCharactersWritten = bufferLength > 0 ? 1 : 0;
        if (bufferLength > 0)
        {
            *buffer = Mark;
        }

        return bufferLength > 0;
    }

    private static bool IsHidden(int scalar) => scalar > 0x7f && Rune.IsValid(scalar) && PlainText.IsHidden(new Rune(scalar));
}
