using SmartRadio.Node.Clock;
using SmartRadio.Node.Link;
using SmartRadio.Node.Objects;
using SmartRadio.Node.Setup;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;
using SmartRadio.Protocol.Plans;
using SmartRadio.Protocol.Reports;
using static SmartRadio.Node.Tests.Bench.PowerCuts;

namespace SmartRadio.Node.Tests.Storage;

/// <summary>
/// Every store of the node, its writing cut at every byte and torn in every way: the next boot finds the old state or the new
/// one, whole, and can write again.
/// </summary>
public class CutWriteTests
{
    public static TheoryData<Tear> Tears { get; } = [.. Enum.GetValues<Tear>()];

    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Theory]
    [MemberData(nameof(Tears))]
    public void Rotated_keys_survive_a_cut_at_any_byte(Tear tear) => CutEverywhere(
        tear,
        files => Opened(new Keyring(Secret), files),
        keys => Assert.True(keys.Rotate(1, [.. Secret.Reverse()])),
        keys => keys.Rotate(2, [.. Secret.Select(value => (byte)(value + 100))]),
        Described);

    [Theory]
    [MemberData(nameof(Tears))]
    public void Confirmed_keys_survive_a_cut_at_any_byte(Tear tear) => CutEverywhere(
        tear,
        files => Opened(new Keyring(Secret), files),
        keys => Assert.True(keys.Rotate(1, [.. Secret.Reverse()])),
        keys => keys.Confirmed(),
        Described);

    [Theory]
    [MemberData(nameof(Tears))]
    public void Plan_survives_a_cut_at_any_byte(Tear tear) => CutEverywhere(
        tear,
        files => new PlanStore(File(files, "plan")),
        store => Assert.True(store.Replace(PlanOf(1, entries: 3), PlanOf(1, entries: 3).Write())),
        store => store.Replace(PlanOf(2, entries: 20), PlanOf(2, entries: 20).Write()),
        store => Convert.ToHexString(store.Current?.Write() ?? []));

    [Theory]
    [MemberData(nameof(Tears))]
    public void Journal_survives_a_cut_at_any_byte(Tear tear) => CutEverywhere(
        tear,
        files => new PlayJournal(File(files, "book")),
        book => Fill(book, 1, 4),
        book => Fill(book, 5, 3),
        Described);

    [Theory]
    [MemberData(nameof(Tears))]
    public void Acknowledged_receipts_survive_a_cut_at_any_byte(Tear tear) => CutEverywhere(
        tear,
        files => new PlayJournal(File(files, "book")),
        book => Fill(book, 1, 6),
        book =>
        {
            book.Acknowledge(1, 4);
            book.Save();
        },
        Described);

    [Theory]
    [MemberData(nameof(Tears))]
    public void Counters_survive_a_cut_at_any_byte(Tear tear)
    {
        var sent = 0L;
        CutEverywhere(
            tear,
            files => new Counters(File(files, "counters")),
            counters =>
            {
                counters.Resume(0, 0);
                Assert.True(counters.Accept(5, World.Dawn));
            },
            counters => counters.Accept(6, World.Dawn + 1),
            counters =>
            {
                Assert.True(counters.NextUp() > sent);
                return $"{counters.Command} {counters.LatestIssued}";
            },
            counters => sent = counters.NextUp());
    }

    [Theory]
    [MemberData(nameof(Tears))]
    public void Clock_drift_survives_a_cut_at_any_byte(Tear tear)
    {
        var world = new World();
        CutEverywhere(
            tear,
            files => (Clock: new NodeClock(new BenchClock(world) { Drift = 30 }, 0, File(files, "clock")), World: world),
            node => Watch(node, minutes: 70),
            node => Watch(node, minutes: 110),
            node => $"{node.Clock.Drift}");
    }

    [Theory]
    [MemberData(nameof(Tears))]
    public void Settings_survive_a_cut_at_any_byte(Tear tear) => CutEverywhere(
        tear,
        files => new DeviceSettings(files),
        settings =>
            Assert.True(
                Set(settings, "network", "Nhà văn hóa") && Set(settings, "password", " ắ ")
                    && Set(settings, "certificate", "MIIB")),
        settings =>
        {
            settings.Set("secret", new string('5', 64));
            Set(settings, "certificate", new string('M', 1200));
        },
        settings => string.Join('|', new[] { "network", "password", "certificate", "secret" }.Select(settings.Get)));

    [Theory]
    [MemberData(nameof(Tears))]
    public void Object_index_survives_a_cut_at_any_byte(Tear tear)
    {
        var before = PlanOf(1, entries: 3);
        var after = PlanOf(2, entries: 8);
        CutEverywhere(
            tear,
            files => (Index: new ObjectIndex(files, File(files, "shelf")), Files: files),
            node =>
            {
                node.Index.Need(before.Entries);
                Array.ForEach(before.Entries, entry => node.Files.Write(PieceFile.NameOf(entry.ObjectId), [1]));
            },
            node =>
            {
                node.Index.Need(after.Entries);
                node.Files.Write(PieceFile.NameOf(after.Entries[7].ObjectId), [1]);
            },
            // What was fetched for the first plan is never lost, and no file stays that no list names.
            node => string.Join(' ', node.Files.List().Where(name => name[0] == 'o').Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Tears))]
    public void Pieces_of_an_object_survive_a_cut_at_any_byte(Tear tear)
    {
        var sound = new BenchSound(3, 5000);
        for (var cut = 0; cut <= sound.Stored.Length; cut += cut % 500 is < 20 or > 480 ? 1 : 7)
        {
            var files = new BenchFiles { Tear = tear, PowerLeft = cut };
            var fetch = new ObjectFetch(files, sound.Id, sound.Bytes.Length);
            var whole = Record.Exception(() => TakeAll(fetch, sound)) is null;

            files = files.AfterPowerCut();
            fetch = new ObjectFetch(files, sound.Id, sound.Bytes.Length);
            while (fetch.Check())
            {
            }

            Assert.True(!whole || fetch.IsComplete, $"Cut after {cut} bytes: a whole object is not believed.");
            TakeAll(fetch, sound);
            while (fetch.Check())
            {
            }

            // The manifest that came last may show that a piece from before the cut is not what it should be.
            TakeAll(fetch, sound);
            Assert.True(fetch.IsComplete);
            var read = new byte[sound.Bytes.Length];
            Assert.Equal(read.Length, fetch.Open().Read(0, read));
            Assert.Equal(sound.Bytes, read);
        }
    }

    private static bool Set(DeviceSettings settings, string name, string value)
    {
        settings.Set(name, value);
        return settings.Store();
    }

    private static void Watch((NodeClock Clock, World World) node, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            var sent = node.Clock.Local;
            node.World.Advance(2000);
            node.Clock.Learn(sent, node.World.Now, node.World.Now, node.Clock.Local);
            node.World.Advance(60_000_000);
        }
    }

    private static void TakeAll(ObjectFetch fetch, BenchSound sound)
    {
        for (var index = 0; index < sound.Layout.Chunks; index++)
        {
            fetch.Take(ObjectChunk.Read(sound.Chunk(index)));
        }
    }

    private static void Fill(PlayJournal book, int first, int count)
    {
        for (var broadcast = first; broadcast < first + count; broadcast++)
        {
            book.Begin(broadcast, World.Dawn, BroadcastState.OnAir).Samples = broadcast * 100;
            book.Note(broadcast, ReceiptStep.Started, ReceiptReason.None, World.Dawn + broadcast, 0);
            book.Airtime.Count(20_000, 1_000_000);
        }

        book.Save();
    }

    private static Keyring Opened(Keyring keys, BenchFiles files)
    {
        keys.Open(File(files, "keys"));
        return keys;
    }

    private static string Described(Keyring keys) =>
        $"{keys.Id} {Convert.ToHexString(keys.Current.Up)} {Convert.ToHexString(keys.Previous?.Up ?? [])}";

    private static string Described(PlayJournal book)
    {
        var records = Enumerable.Range(0, book.Count).Select(book.At)
            .Select(record => $"{record.Broadcast}:{record.State}:{record.Samples}");
        var receipts = (book.Outbox.Next(0) is { } report ? ReceiptReport.Read(report).Receipts : []).Select(
            receipt => $"{receipt.Number}:{receipt.Broadcast}:{receipt.Step}:{receipt.Instant}");
        return $"{string.Join(' ', records)} | {string.Join(' ', receipts)} | {book.Airtime.Used(20_000)} | {book.SavedNumber}";
    }

    private static Plan PlanOf(int number, int entries) => new()
    {
        Number = number,
        Volume = 80,
        UtcOffset = 420,
        Entries = [.. Enumerable.Range(1, entries).Select(i => Station.Entry(i, new BenchSound(i, 10), World.Dawn + (i * 1000)))],
    };

    private static TwoSlotFile File(BenchFiles files, string name) => new(files, name, Secret);
}
