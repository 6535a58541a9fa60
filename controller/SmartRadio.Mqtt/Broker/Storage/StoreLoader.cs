using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartRadio.Mqtt.Broker.Routing;
using SmartRadio.Mqtt.Broker.Sessions;
using SmartRadio.Mqtt.Packets;

namespace SmartRadio.Mqtt.Broker.Storage;

/// <summary>Reads the store at the start of the broker, before anybody is connected.</summary>
internal static class StoreLoader
{
    /// <summary>Fills the broker.</summary>
    /// <returns>The highest number in use.</returns>
    public static long Load(SqliteConnection database, BrokerCore core)
    {
        var now = core.Now;
        foreach (var row in Read(database, "SELECT client, expiry, expires_at FROM sessions"))
        {
            // A session that was connected when the broker died is away since then, which is at most now.
            var expiry = (uint)row.GetInt64(1);
            var expiresAt = row.GetInt64(2);
            core.Sessions.Restore(new Session(row.GetString(0), core)
            {
                IsStored = true,
                ExpiryInterval = expiry,
                ExpiresAt = expiresAt == long.MaxValue && expiry != uint.MaxValue ? now + (expiry * 1000L) : expiresAt,
            });
        }

        LoadWills(database, core, now);
        foreach (var row in Read(database, "SELECT client, filter, options, identifier FROM subscriptions"))
        {
            if (core.Sessions.Find(row.GetString(0)) is { } session)
            {
                var request = MqttSubscription.FromOptions(row.GetString(1), (byte)row.GetInt64(2));
                session.Subscriptions.Restore(new Subscription(session, request, row.IsDBNull(3) ? null : (uint)row.GetInt64(3)));
            }
        }

        foreach (var row in Read(database, "SELECT client, packet_id FROM exactly_once"))
        {
            core.Sessions.Find(row.GetString(0))?.TryReceiveExactlyOnce((ushort)row.GetInt64(1), ushort.MaxValue);
        }

        foreach (var row in Read(database, "SELECT topic, expires_at, packet FROM retained"))
        {
            core.Retained.Set(ToPublication((byte[])row.GetValue(2), row.GetInt64(1)));
        }

        return LoadDeliveries(database, core);
    }

    /// <summary>Who was connected has some time to come back. A session that ended with its connection is there only for its will.</summary>
    private static void LoadWills(SqliteConnection database, BrokerCore core, long now)
    {
        var grace = (long)core.Options.WillGraceAfterCrash.TotalMilliseconds;
        foreach (var row in Read(database, "SELECT client, delay, due_at, packet FROM wills"))
        {
            var wasConnected = row.GetInt64(2) == SessionWills.NotDue;
            var dueAt = wasConnected ? now + Math.Max(row.GetInt64(1) * 1000L, grace) : row.GetInt64(2);
            var session = core.Sessions.Find(row.GetString(0));
            if (session is null)
            {
                session = new Session(row.GetString(0), core) { ExpiresAt = dueAt };
                core.Sessions.Restore(session);
            }

            session.Will = (ToPublication((byte[])row.GetValue(3), expiresAt: 0), dueAt);
            session.IsWillStored = true;
        }
    }

    private static long LoadDeliveries(SqliteConnection database, BrokerCore core)
    {
        var messages = new Dictionary<long, Publication>();
        long last = 0;
        foreach (var row in Read(database, "SELECT number, expires_at, packet FROM messages"))
        {
            messages[row.GetInt64(0)] = ToPublication((byte[])row.GetValue(2), row.GetInt64(1));
            last = Math.Max(last, row.GetInt64(0));
        }

        foreach (var row in Read(database, "SELECT client, number, message, qos, retain, identifiers, packet_id, received FROM deliveries ORDER BY number"))
        {
            last = Math.Max(last, row.GetInt64(1));
            if (core.Sessions.Find(row.GetString(0)) is { } session && messages.TryGetValue(row.GetInt64(2), out var message))
            {
                message.Stored.Restore(row.GetInt64(2));
                uint[] identifiers = [.. row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => uint.Parse(i, CultureInfo.InvariantCulture))];
                session.Deliveries.Restore(new Delivery(message, (MqttQualityOfService)row.GetInt64(3), row.GetInt64(4) != 0, identifiers)
                {
                    StoreNumber = row.GetInt64(1),
                    PacketId = (ushort)row.GetInt64(6),
                    IsRepeated = row.GetInt64(6) != 0,
                    IsReceived = row.GetInt64(7) != 0,
                });
            }
        }

        return last;
    }

    private static Publication ToPublication(byte[] packet, long expiresAt)
    {
        Frame.TryRead(packet, int.MaxValue, out var frame, out _);
        var publish = (PublishPacket)PacketDecoder.Decode(frame, MqttProtocolVersion.V5);
        var message = new Publication(publish.Topic, publish.Payload)
        {
            QualityOfService = publish.QualityOfService,
            Retain = publish.Retain,
            Properties = publish.Properties,
            ExpiresAt = expiresAt,
        };
        message.Keep();
        return message;
    }

    private static IEnumerable<SqliteDataReader> Read(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }
}
