using System;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Wire;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>
    /// Keeps a connection to the broker on a thread of its own. Each connection has a new client, because a client keeps the
    /// address that it once looked up. Nothing is published while there is none.
    /// </summary>
    public sealed class BrokerConnection : ILink
    {
        private const int NetworkTimeout = 60000;
        private const int FirstDelay = 1000;
        private const int LongestDelay = 60000;
        private const int Look = 1000;

        /// <summary>Seconds. A lost link may be noticed only after twice as long.</summary>
        private const ushort KeepAlive = 30;

        /// <summary>Outgoing messages that the client may hold; without it, it holds any number.</summary>
        private const int MaxQueued = 64;

        private readonly INetwork _network;
        private readonly NodeSettings _settings;
        private readonly NodeIdentity _identity;
        private readonly Inbox _inbox;
        private readonly object _gate = new object();
        private readonly Random _random = new Random();
        private MqttClient _online;

        public BrokerConnection(INetwork network, NodeSettings settings, NodeIdentity identity, Inbox inbox)
        {
            _network = network;
            _settings = settings;
            _identity = identity;
            _inbox = inbox;
        }

        public void Start()
        {
            new Thread(Keep).Start();
        }

        public void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain)
        {
            MqttClient client = Online();
            if (client == null)
            {
                return;
            }

            try
            {
                client.Publish(topic, payload, null, null, Quality(atLeastOnce), retain);
            }
            catch (Exception)
            {
                // The connection is going; its thread sees to it.
            }
        }

        public void Subscribe(string filter, bool atLeastOnce)
        {
            MqttClient client = Online();
            if (client == null)
            {
                return;
            }

            try
            {
                client.Subscribe(new string[] { filter }, new MqttQoSLevel[] { Quality(atLeastOnce) });
            }
            catch (Exception)
            {
                // As above; the node subscribes again after the next connection.
            }
        }

        public void Unsubscribe(string filter)
        {
            MqttClient client = Online();
            if (client == null)
            {
                return;
            }

            try
            {
                client.Unsubscribe(new string[] { filter });
            }
            catch (Exception)
            {
                // As above.
            }
        }

        private static MqttQoSLevel Quality(bool atLeastOnce)
        {
            return atLeastOnce ? MqttQoSLevel.AtLeastOnce : MqttQoSLevel.AtMostOnce;
        }

        private void Keep()
        {
            int delay = FirstDelay;
            while (true)
            {
                if (Once())
                {
                    delay = FirstDelay;
                }

                // Many nodes lose a broker at once; they must not all come back at once.
                Thread.Sleep(delay + _random.Next(delay));
                delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }

        /// <summary>One connection from beginning to end; false when it did not come about.</summary>
        private bool Once()
        {
            MqttClient client = null;
            bool connected = false;
            try
            {
                if (_network.Connect(NetworkTimeout))
                {
                    client = new MqttClient(
                        _settings.Broker, _settings.BrokerPort, _settings.BrokerCertificate != null, _settings.BrokerCertificate, null, Protocol());
                    client.Settings.InflightQueueSize = MaxQueued;
                    client.MqttMsgPublishReceived += Received;
                    connected = Connect(client);
                    if (connected)
                    {
                        Enter(client);
                    }
                }
            }
            catch (Exception)
            {
                // No address, no route, no answer: the same to us.
            }

            Leave(client, connected);
            return connected;
        }

        private bool Connect(MqttClient client)
        {
            string name = _identity.Name;
            MqttReasonCode answer = client.Connect(
                name, name, _identity.Keys.BrokerPassword, true, MqttQoSLevel.AtLeastOnce, true, Topics.Here(name), Topics.Offline, true, KeepAlive);
            return answer == MqttReasonCode.Success;
        }

        private void Enter(MqttClient client)
        {
            lock (_gate)
            {
                _online = client;
            }

            _inbox.Tell(HappeningKind.Connected);
            while (client.IsConnected)
            {
                Thread.Sleep(Look);
            }
        }

        private void Leave(MqttClient client, bool connected)
        {
            lock (_gate)
            {
                _online = null;
            }

            if (connected)
            {
                _inbox.Tell(HappeningKind.Disconnected);
            }

            if (client == null)
            {
                return;
            }

            try
            {
                client.Close();
            }
            catch (Exception)
            {
                // It is gone either way.
            }
        }

        private MqttSslProtocols Protocol()
        {
            return _settings.BrokerCertificate != null ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None;
        }

        // Runs on the client's one dispatch thread: it must neither throw nor wait.
        private void Received(object sender, MqttMsgPublishEventArgs e)
        {
            if (e.Topic != null && e.Message != null)
            {
                _inbox.Message(e.Topic, e.Message);
            }
        }

        private MqttClient Online()
        {
            lock (_gate)
            {
                return _online;
            }
        }
    }
}
