namespace SmartRadio.Mqtt.Broker.Storage;

/// <summary>The tables of the durable store. Messages are kept as MQTT 5 PUBLISH packets.</summary>
internal static class StoreSchema
{
    public const string Create = """
        CREATE TABLE IF NOT EXISTS sessions (client TEXT PRIMARY KEY, expiry INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS subscriptions (client TEXT, filter TEXT, options INTEGER NOT NULL, identifier INTEGER, PRIMARY KEY (client, filter)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS messages (number INTEGER PRIMARY KEY, expires_at INTEGER NOT NULL, packet BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS deliveries (client TEXT, number INTEGER, message INTEGER NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL,
            identifiers TEXT NOT NULL, packet_id INTEGER NOT NULL, received INTEGER NOT NULL, PRIMARY KEY (client, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS exactly_once (client TEXT, packet_id INTEGER, PRIMARY KEY (client, packet_id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS retained (topic TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, packet BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS wills (client TEXT PRIMARY KEY, delay INTEGER NOT NULL, due_at INTEGER NOT NULL, packet BLOB NOT NULL) WITHOUT ROWID;
        DELETE FROM messages WHERE number NOT IN (SELECT message FROM deliveries);
        """;
}
