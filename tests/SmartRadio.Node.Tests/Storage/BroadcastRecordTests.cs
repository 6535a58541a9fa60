using SmartRadio.Node.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Tests.Storage;

public class BroadcastRecordTests
{
    [Fact]
    public void Record_on_air_is_stored_again_as_it_was_read()
    {
        var record = new BroadcastRecord { Broadcast = 7, State = BroadcastState.OnAir, Samples = 90_000, SureSamples = 80_000 };

        var again = Stored(Stored(record));

        Assert.Equal((7, BroadcastState.OnAir, 80_000), (again.Broadcast, again.State, again.Samples));
    }

    private static BroadcastRecord Stored(BroadcastRecord record)
    {
        var writer = new WireWriter(BroadcastRecord.Length);
        record.Write(writer);
        return BroadcastRecord.Read(new WireReader(writer.ToArray()));
    }
}
