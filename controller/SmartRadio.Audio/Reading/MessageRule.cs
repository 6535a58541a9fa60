namespace SmartRadio.Audio.Reading;

/// <summary>Messages that are named by how many K they have: "thông điệp 5K". Prices have a K too: "vé 5K".</summary>
internal sealed class MessageRule : IReadingRule
{
    // Before these messages.
    private static readonly string[] Names =
        ["điệp", "tắc", "hiệu", "pháp", "hiện", "theo", "định", "thủ", "hành", "chống", "số", "chuẩn"];

    // Before prices, and among the words behind them.
    private static readonly string[] Prices =
        ["giá", "phí", "tiền", "bán", "mua", "vé", "chỉ", "còn", "thu", "nộp", "góp", "phạt", "từ", "đến", "khoảng", "hết", "mỗi",
            "cước", "đóng", "trả", "tặng", "giảm", "tăng", "hơn", "dưới", "trên", "hoặc", "một", "đồng", "kg", "tô", "ly", "bữa"];

    public Match? Match(Passage passage, int at)
    {
        if (!(passage[at] is >= '2' and <= '9') || !(passage[at + 1] is 'K' or 'k') || !passage.StartsWord(at)
            || !passage.EndsWord(at + 2))
        {
            return null;
        }

        var isNamed = Array.IndexOf(Names, passage.WordBefore(at)) >= 0;
        return isNamed || (passage[at + 1] == 'K' && !IsPrice(passage, at))
            ? new Match(at + 2, NumberWords.Of(passage[at] - '0') + " ca", isNamed ? ReadingDoubt.None : ReadingDoubt.Unit)
            : null;
    }

    private static bool IsPrice(Passage passage, int at) =>
        passage[at + 2] == '/' || passage.AfterDash(at + 2) is var next and >= 0 && Passage.IsDigit(passage[next])
            || (passage[at - 1] is ',' or '-' or '–') || passage[at - 2] == ','
            || Array.IndexOf(Prices, passage.WordBefore(at)) >= 0 || Array.IndexOf(Prices, passage.WordBefore(at, 2)) >= 0
            || Array.IndexOf(Prices, passage.WordAt(passage.Spaces(at + 2))) >= 0;
}
