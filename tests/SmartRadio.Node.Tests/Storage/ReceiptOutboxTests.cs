using SmartRadio.Node.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Tests.Storage;

public class ReceiptOutboxTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_report_holds_all_receipts_up_to_the_next_gap(int seed)
    {
        var chance = new Random(seed);
        var outbox = new ReceiptOutbox();
        for (var i = 0; i < 400; i++)
        {
            outbox.Add(new Receipt { Broadcast = i, Step = ReceiptStep.Started });
        }

        var left = Enumerable.Range(1, 400).Select(number => (long)number).ToList();
        for (var gaps = 0; gaps < 12; gaps++)
        {
            var first = chance.Next(1, 400);
            var last = first + chance.Next(0, 9);
            outbox.Remove(first, last);
            left.RemoveAll(number => number >= first && number <= last);
        }

        var told = new List<long>();
        for (var after = 0L; outbox.Next(after) is { } body; after = told[^1])
        {
            var numbers = ReceiptReport.Read(body)!.Receipts.Select(receipt => receipt.Number).ToList();
            told.AddRange(numbers);
            Assert.Equal(Enumerable.Range(0, numbers.Count).Select(i => numbers[0] + i), numbers);
            Assert.True(numbers.Count == ReceiptReport.MaxReceipts || !left.Contains(numbers[^1] + 1));
        }

        Assert.Equal(left, told);
    }
}
