namespace SmartRadio.Mqtt.Packets;

/// <summary>The flag byte of CONNECT (MQTT 5, 3.1.2.3).</summary>
[Flags]
internal enum ConnectFlags : byte
{
    None = 0,
    Reserved = 0x01,
    CleanStart = 0x02,
    Will = 0x04,
    WillQoS1 = 0x08,
    WillQoS2 = 0x10,
    WillQuality = WillQoS1 | WillQoS2,
    WillRetain = 0x20,
    Password = 0x40,
    UserName = 0x80,
}
