using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Broker.Sessions;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Storage;

/// <summary>
/// Sessions that outlive their connection, their QoS 1 and 2 messages, wills, and retained messages, in a SQLite file that survives
/// kill -9. Everything is served from memory; the file is only written, behind, and read at the start. QoS 0 never comes here.
/// </summary>
internal sealed class DurableStore : IAsyncDisposable
{
    private readonly SqliteConnection _database;
    private readonly WriteBehind _writer;
    private long _lastNumber;

    private DurableStore(SqliteConnection database, ILogger logger, long lastNumber)
    {
        _database = database;
        _writer = new WriteBehind(database, logger);
        _lastNumber = lastNumber;
    }

    /// <summary>Opens or creates the file and puts what it holds into the broker.</summary>
    /// <exception cref="MqttStoreException">It is not what a broker wrote, or cannot be read.</exception>
    public static DurableStore Open(string path, BrokerCore core)
    {
        var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            database.Open();
            using (var command = database.CreateCommand())
            {
                // WAL with NORMAL: a commit is in the system's hands, not on the disk. It survives the process, and a power cut takes at most the last commits.
                command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; " + StoreSchema.Create;
                command.ExecuteNonQuery();
            }

            return new DurableStore(database, core.Logger, StoreLoader.Load(database, core));
        }
        catch (Exception e)
        {
            database.Dispose();
            throw new MqttStoreException(path, e);
        }
    }

    /// <summary>See <see cref="WriteBehind.CommitAsync"/>.</summary>
    public ValueTask<bool> CommitAsync() => _writer.CommitAsync();

    /// <summary>See <see cref="WriteBehind.WhenCommitted"/>.</summary>
    public void WhenCommitted(Action consequence) => _writer.WhenCommitted(consequence);

    /// <summary>See <see cref="WriteBehind.Losses"/>.</summary>
    public int Losses => _writer.Losses;

    /// <summary>See <see cref="WriteBehind.WaitForRoomAsync"/>.</summary>
    public ValueTask<bool> WaitForRoomAsync() => _writer.WaitForRoomAsync();

    /// <summary>What a client is told when the file cannot be written.</summary>
    public static MqttProtocolException Unavailable() => new(MqttReasonCode.ServerUnavailable, "The broker cannot keep messages at present.");

    /// <summary>See <see cref="WriteBehind.BeginUnit"/>.</summary>
    public WriteBehind.Unit BeginUnit() => _writer.BeginUnit();

    public void SaveSession(Session session) => _writer.Add(
        "INSERT INTO sessions VALUES ($1, $2, $3) ON CONFLICT (client) DO UPDATE SET expiry = $2, expires_at = $3",
        session.ClientId, (long)session.ExpiryInterval, session.ExpiresAt);

    public void DeleteSession(Session session) => _writer.Add(
        ("DELETE FROM sessions WHERE client = $1", [session.ClientId]),
        ("DELETE FROM subscriptions WHERE client = $1", [session.ClientId]),
        ("DELETE FROM deliveries WHERE client = $1", [session.ClientId]),
        ("DELETE FROM exactly_once WHERE client = $1", [session.ClientId]));

    public void SaveSubscription(Subscription subscription) => _writer.Add(
        "INSERT OR REPLACE INTO subscriptions VALUES ($1, $2, $3, $4)",
        subscription.Session.ClientId, subscription.Request.Filter, (long)subscription.Request.Options, subscription.Identifiers is [var identifier] ? (long)identifier : null);

    public void DeleteSubscription(Subscription subscription) => _writer.Add(
        "DELETE FROM subscriptions WHERE client = $1 AND filter = $2", subscription.Session.ClientId, subscription.Request.Filter);

    /// <summary>Keeps a message for a session, and how far its exchange is. The message itself is written once, whoever else gets it.</summary>
    public void SaveDelivery(Session session, Delivery delivery)
    {
        if (delivery.StoreNumber != 0)
        {
            _writer.Add(
                "UPDATE deliveries SET packet_id = $3, received = $4 WHERE client = $1 AND number = $2",
                session.ClientId, delivery.StoreNumber, (long)delivery.PacketId, delivery.IsReceived ? 1L : 0L);
            return;
        }

        var message = delivery.Message;
        if (message.Stored.Add(() => Interlocked.Increment(ref _lastNumber)) is var (number, isNew) && isNew)
        {
            _writer.Add("INSERT INTO messages VALUES ($1, $2, $3)", number, message.ExpiresAt, Encode(message));
        }

        delivery.StoreNumber = Interlocked.Increment(ref _lastNumber);
        _writer.Add(
            "INSERT INTO deliveries VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            session.ClientId, delivery.StoreNumber, number, (long)delivery.QualityOfService, delivery.Retain ? 1L : 0L,
            string.Join(' ', delivery.SubscriptionIdentifiers.Select(i => i.ToString(CultureInfo.InvariantCulture))), (long)delivery.PacketId, delivery.IsReceived ? 1L : 0L);
    }

    public void DeleteDelivery(Session session, Delivery delivery)
    {
        _writer.Add("DELETE FROM deliveries WHERE client = $1 AND number = $2", session.ClientId, delivery.StoreNumber);
        Forget(delivery.Message);
    }

    /// <summary>A session's delivery is gone by <see cref="DeleteSession"/>; the message may be, too.</summary>
    public void Forget(Publication message)
    {
        if (message.Stored.Remove() is { } number)
        {
            _writer.Add("DELETE FROM messages WHERE number = $1", number);
        }
    }

    public void SaveExactlyOnce(Session session, ushort packetId) => _writer.Add("INSERT OR IGNORE INTO exactly_once VALUES ($1, $2)", session.ClientId, (long)packetId);

    public void DeleteExactlyOnce(Session session, ushort packetId) =>
        _writer.Add("DELETE FROM exactly_once WHERE client = $1 AND packet_id = $2", session.ClientId, (long)packetId);

    /// <param name="session">Whose it is; its own row may be missing.</param>
    /// <param name="message">What to publish.</param>
    /// <param name="delay">Seconds between the client's vanishing and the publishing.</param>
    /// <param name="dueAt">Unix milliseconds; <see cref="SessionWills.NotDue"/> while the client is connected.</param>
    public void SaveWill(Session session, Publication message, uint delay, long dueAt) =>
        _writer.Add("INSERT OR REPLACE INTO wills VALUES ($1, $2, $3, $4)", session.ClientId, (long)delay, dueAt, Encode(message));

    public void DeleteWill(Session session) => _writer.Add("DELETE FROM wills WHERE client = $1", session.ClientId);

    public void SaveRetained(Publication message) =>
        _writer.Add("INSERT OR REPLACE INTO retained VALUES ($1, $2, $3)", message.Topic, message.ExpiresAt, Encode(message));

    public void DeleteRetained(string topic) => _writer.Add("DELETE FROM retained WHERE topic = $1", topic);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static byte[] Encode(Publication message)
    {
        var packet = message.ToPacket(message.QualityOfService, message.Retain, packetId: 1, now: 0);
        var encoded = PacketEncoder.Encode(packet, MqttProtocolVersion.V5);
        var bytes = encoded.Memory.ToArray();
        encoded.Release();
        return bytes;
    }
}
