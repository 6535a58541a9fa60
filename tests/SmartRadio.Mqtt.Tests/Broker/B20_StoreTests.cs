using Microsoft.Data.Sqlite;
using SmartRadio.Mqtt.Broker;
using SmartRadio.Mqtt.Packets;
using SmartRadio.Mqtt.Tests.Surroundings;

namespace SmartRadio.Mqtt.Tests.Broker;

/// <summary>What is in the broker's file, and when, seen from beside it.</summary>
public sealed class B20_Store : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mqtt-store-");

    private string Store => Path.Combine(_folder.FullName, "mqtt.db");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>What another reads from the file at any moment is what a crash at that moment would leave.</summary>
    [Fact]
    public async Task The_store_knows_a_message_at_exactly_once_only_together_with_its_deliveries()
    {
        var authorizer = new Onlooker(() => Read("SELECT COUNT(*) FROM exactly_once"));
        await using var broker = await TestBroker.StartAsync(o => o.StorePath = Store, authorizer: authorizer);
        using var away = await broker.ConnectRawAsync();
        await away.GreetAsync("c", cleanStart: false, sessionExpiry: 1000);
        await away.SubscribeAsync("a", MqttQualityOfService.ExactlyOnce);
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s", cleanStart: false, sessionExpiry: 1000);

        await speaker.SendAsync(new PublishPacket("a", new byte[] { 1 }, MqttQualityOfService.ExactlyOnce, 1));
        await speaker.ReceiveAsync<AckPacket>();

        Assert.Equal([0L], authorizer.Seen);
        Assert.Equal((1L, 1L), (Read("SELECT COUNT(*) FROM exactly_once"), Read("SELECT COUNT(*) FROM deliveries")));
    }

    [Fact]
    public async Task A_receiver_at_exactly_once_hears_of_a_step_when_the_store_has_it_and_nothing_overtakes()
    {
        await using var broker = await TestBroker.StartAsync(o => o.StorePath = Store);
        using var client = await broker.ConnectRawAsync();
        await client.GreetAsync("c", cleanStart: false, sessionExpiry: 1000);
        await client.SubscribeAsync("a", MqttQualityOfService.ExactlyOnce);
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        await client.SubscribeAsync("live");
        using var file = OpenFile();

        Execute(file, "BEGIN IMMEDIATE");
        await speaker.SendAsync(new PublishPacket("a", "once"u8.ToArray(), MqttQualityOfService.ExactlyOnce, 1));
        await speaker.SendAsync(new PublishPacket("a", "after"u8.ToArray(), MqttQualityOfService.AtLeastOnce, 2));
        await speaker.SendAsync(new PublishPacket("live", "now"u8.ToArray(), MqttQualityOfService.AtMostOnce, 0));
        await client.ExpectAsync("now");
        Execute(file, "ROLLBACK");
        var packetId = (await client.ExpectAsync("once")).PacketId;
        Assert.Equal(packetId, Read("SELECT packet_id FROM deliveries ORDER BY number LIMIT 1"));
        await client.ExpectAsync("after");

        Execute(file, "BEGIN IMMEDIATE");
        await client.SendTogetherAsync([new AckPacket(PacketType.PubRec, packetId), new PingReqPacket()]);
        await client.ReceiveAsync<PingRespPacket>();
        Execute(file, "ROLLBACK");
        Assert.Equal(PacketType.PubRel, (await client.ReceiveAsync<AckPacket>()).Type);
        Assert.Equal(1L, Read("SELECT received FROM deliveries ORDER BY number LIMIT 1"));
    }

    [Fact]
    public async Task Who_publishes_faster_than_the_store_writes_is_not_read_from()
    {
        await using var broker = await TestBroker.StartAsync(o => o.StorePath = Store);
        using var speaker = await broker.ConnectRawAsync();
        await speaker.GreetAsync("s");
        using var other = await broker.ConnectRawAsync();
        await other.GreetAsync("o");
        await other.SubscribeAsync("live");
        using var file = OpenFile();
        Execute(file, "BEGIN IMMEDIATE");
        var heard = SpeakAsync();
        Assert.NotSame(heard, await Task.WhenAny(heard, Task.Delay(TimeSpan.FromSeconds(2))));

        // Others go on meanwhile, and what the store never sees waits for nobody.
        await other.PublishAsync("live", "tin");
        await other.ExpectAsync("tin");

        Execute(file, "ROLLBACK");
        await heard;

        async Task SpeakAsync()
        {
            for (var i = 0; i < 100; i++)
            {
                await speaker.SendAsync(new PublishPacket($"big/{i % 4}", new byte[900_000], MqttQualityOfService.AtMostOnce, 0) { Retain = true });
            }

            await speaker.ExpectSilenceAsync();
        }
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_named_when_the_broker_starts()
    {
        await File.WriteAllTextAsync(Store, string.Concat(Enumerable.Repeat("hello", 1000)));

        var error = await Assert.ThrowsAnyAsync<IOException>(() => TestBroker.StartAsync(o => o.StorePath = Store));

        Assert.Contains(Store, error.Message, StringComparison.Ordinal);
    }

    private SqliteConnection OpenFile()
    {
        var file = new SqliteConnection($"Data Source={Store};Pooling=False");
        file.Open();
        return file;
    }

    private static void Execute(SqliteConnection file, string sql)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Read(string sql)
    {
        using var file = OpenFile();
        using var command = file.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Looks into the store while a message is published, for long enough that a commit would be seen.</summary>
    private sealed class Onlooker(Func<long> read) : IMqttAuthorizer
    {
        public List<long> Seen { get; } = [];

        public bool MayPublish(MqttPeer peer, string topic)
        {
            SpinWait.SpinUntil(() => read() > 0, TimeSpan.FromMilliseconds(500));
            Seen.Add(read());
            return true;
        }

        public bool MaySubscribe(MqttPeer peer, string filter) => true;
    }
}
