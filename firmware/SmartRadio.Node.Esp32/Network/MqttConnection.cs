using System;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Esp32.Network
{
    /// <summary>
    /// Keeps a connection to the broker on a thread of its own. Each connection has a new client, because a client keeps the
    /// address that it once looked up. Nothing is published while there is none, for a client would keep it without a word.
    /// </summary>
    public sealed class MqttConnection : ILink
    {
        private const int NetworkTimeout = 60000;
        private const int TimeTimeout = 15000;
        private const int FirstDelay = 2000;

        /// <summary>Milliseconds after which a connection counts as good.</summary>
        private const int Lasting = 60000;
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
        private readonly Backoff _backoff;
        private MqttClient _online;

        public MqttConnection(INetwork network, NodeSettings settings, NodeIdentity identity, Inbox inbox, IJitter jitter)
        {
            _network = network;
            _settings = settings;
            _identity = identity;
            _inbox = inbox;
            _backoff = new Backoff(FirstDelay, LongestDelay, jitter);
        }

        /// <summary>An address was there at the last attempt.</summary>
        public bool HasNetwork { get; private set; }

        public bool HasBroker
        {
            get { return Online() != null; }
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
            while (true)
            {
                long began = Environment.TickCount64;
                if (Once() && Environment.TickCount64 - began > Lasting)
                {
                    // One that is closed as soon as it is open is no success.
                    _backoff.Succeeded();
                }

                Thread.Sleep(_backoff.Next());
            }
        }

        /// <summary>One connection from beginning to end; false when it did not come about.</summary>
        private bool Once()
        {
            MqttClient client = null;
            bool connected = false;
            try
            {
                HasNetwork = _network.Connect(NetworkTimeout);
                if (HasNetwork && !_settings.LacksCertificate)
                {
                    bool isTls = _settings.HasBrokerTls;
                    if (isTls)
                    {
                        NetworkTime.Await(TimeTimeout);
                    }

                    client = new MqttClient(
                        _settings.Broker, _settings.BrokerPort, isTls, _settings.Certificate, null,
                        isTls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
                    client.Settings.InflightQueueSize = MaxQueued;
                    client.Settings.ValidateServerCertificate = true;
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
                name, name, _identity.Keys.BrokerPassword, true, MqttQoSLevel.AtLeastOnce, true, Topics.Here(name),
                Topics.Offline, true, KeepAlive);
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

        // Runs on the client's one dispatch thread: it must neither throw nor wait.
        private void Received(object sender, MqttMsgPublishEventArgs e)
        {
            if (e.Topic != null && e.Message != null)
            {
                _inbox.Message(e.Topic, e.Message);
            }
        }

        /// <summary>The client, while it is connected.</summary>
        private MqttClient Online()
        {
            lock (_gate)
            {
                return _online != null && _online.IsConnected ? _online : null;
            }
        }
    }
}
