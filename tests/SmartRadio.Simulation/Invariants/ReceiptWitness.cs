using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Simulation.Invariants;

/// <summary>Reads every receipt a node sends and holds it against what was heard.</summary>
internal sealed class ReceiptWitness(string node, SoundWitness sound)
{
    /// <summary>Samples between two checkpoints of the node (10 s) at the highest rate, and what its ring holds (2 s).</summary>
    private const long LostInPowerCut = (12 * 16_000) + 2_000;

    private readonly Dictionary<long, Receipt> _sent = [];

    public void Sent(byte[] message)
    {
        if (Envelope.Parse(message) is { Type: (byte)UpType.Receipts } envelope
            && ReceiptReport.Read(envelope.Body) is { } report)
        {
            foreach (var receipt in report.Receipts)
            {
                Check(receipt);
            }
        }
    }

    /// <summary>Whether the node ever sent just this.</summary>
    public bool Contains(Receipt stored) => _sent.TryGetValue(stored.Number, out var sent) && Same(sent, stored);

    /// <summary>What the node said of a broadcast, in a line.</summary>
    public string Story(long broadcast) =>
        string.Join(
            ", ", _sent.Values.Where(receipt => receipt.Broadcast == broadcast).OrderBy(receipt => receipt.Number).Select(Text));

    private void Check(Receipt receipt)
    {
        if (_sent.TryGetValue(receipt.Number, out var before))
        {
            if (!Same(before, receipt))
            {
                throw new ViolationException(
                    Invariant.TrueReceipts,
                    $"node {node} gave number {receipt.Number} to {Text(before)} and then to {Text(receipt)}");
            }

            return;
        }

        _sent[receipt.Number] = receipt;
        if (receipt.Broadcast == 0 || receipt.Step is not (ReceiptStep.Finished or ReceiptStep.Interrupted or ReceiptStep.Missed))
        {
            return;
        }

        var heard = sound.Of(receipt.Broadcast);
        var isTrue = receipt.Reason == ReceiptReason.NotRunning
            ? receipt.Samples <= heard.Samples && heard.Samples - receipt.Samples < LostInPowerCut
            : heard.EndedWith(receipt.Samples);
        if (!isTrue)
        {
            throw new ViolationException(
                Invariant.TrueReceipts, $"node {node} says {Text(receipt)}, but {heard.Samples} were heard");
        }
    }

    private static bool Same(Receipt one, Receipt other) =>
        (one.Broadcast, one.Step, one.Reason, one.Samples, one.Instant) == (other.Broadcast, other.Step, other.Reason,
            other.Samples, other.Instant);

    private static string Text(Receipt receipt) =>
        $"{receipt.Step} {receipt.Reason} of {receipt.Broadcast} with {receipt.Samples} samples at {DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, receipt.Instant)):yyyy-MM-dd HH:mm:ss.fff}";
}
