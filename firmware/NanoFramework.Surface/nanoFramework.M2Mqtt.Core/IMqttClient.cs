// Members as listed for nanoFramework.M2Mqtt.Core 5.1.220 (nanoframework/nanoFramework.m2mqtt). Declarations only: nothing here runs.
namespace nanoFramework.M2Mqtt
{
    public enum MqttSslProtocols
    {
        None = 0,
        TLSv1_2 = 4,
    }

    public interface IMqttClient
    {
        public delegate void ConnectionClosedEventHandler(object sender, System.EventArgs e);

        public delegate void MqttMsgPublishEventHandler(object sender, Messages.MqttMsgPublishEventArgs e);
    }
}

namespace nanoFramework.M2Mqtt.Messages
{
    public enum MqttQoSLevel
    {
        AtMostOnce = 0,
        AtLeastOnce = 1,
    }

    public enum MqttReasonCode
    {
        Success = 0,
    }

    public class MqttMsgPublishEventArgs : System.EventArgs
    {
        internal MqttMsgPublishEventArgs() => throw null;

        public byte[] Message => throw null;

        public string Topic => throw null;
    }
}
