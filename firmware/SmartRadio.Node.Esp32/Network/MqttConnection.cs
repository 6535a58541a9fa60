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
    /// Keeps a connection to the broker on a thread of its own. The client of the last connection serves for the next, because it
    /// keeps the address that it once looked up; after three failures the name is looked up again. Nothing is published while
    /// there is no connection, for a client would keep it without a word.
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
        private const ushort KeepAlive = 20;

        /// <summary>Outgoing messages that the client may hold; without it, it holds any number.</summary>
        private const int MaxQueued = 64;

        private readonly INetwork _network;
        private readonly NodeSettings _settings;
        private readonly NodeIdentity _identity;
        private readonly Inbox _inbox;
        private readonly object _gate = new object();
        private readonly Backoff _backoff;
        private readonly KnownAddress _address = new KnownAddress();
        private readonly AutoResetEvent _ended = new AutoResetEvent(false);
        private MqttClient _online;
        private MqttClient _known;
        private bool _hasAwaitedTime;

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

        /// <summary>Where an attempt waits until the node lets it begin.</summary>
        public ConnectingLeave Leave { get; } = new ConnectingLeave();

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
                Leave.Await(_known != null && !_address.MustLookUp);
                long began = Environment.TickCount64;
                if (!Once())
                {
                    _address.Failed();
                    _inbox.Tell(HappeningKind.Failed);
                }
                else if (Environment.TickCount64 - began > Lasting)
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
                    AwaitTime();
                    client = Client();
                    connected = Connect(client);
                    if (connected)
                    {
                        _known = client;
                        _address.Connected();
                        Enter(client);
                    }
                }
            }
            catch (Exception)
            {
                // No address, no route, no answer: the same to us.
            }

            Part(client, connected);
            return connected;
        }

        /// <summary>TLS looks at the time; where no server tells it, waiting again at each attempt would help nobody.</summary>
        private void AwaitTime()
        {
            if (_settings.HasBrokerTls && !_hasAwaitedTime)
            {
                _hasAwaitedTime = true;
                NetworkTime.Await(TimeTimeout);
            }
        }

        /// <summary>
        /// The client that once connected, for it keeps the address that it looked up, or now and then a new one.
        /// </summary>
        private MqttClient Client()
        {
            if (_known != null && !_address.MustLookUp)
            {
                return _known;
            }

            bool isTls = _settings.HasBrokerTls;
            MqttClient client = new MqttClient(
                _settings.Broker, _settings.BrokerPort, isTls, _settings.Certificate, null,
                isTls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
            client.Settings.InflightQueueSize = MaxQueued;
            client.Settings.ValidateServerCertificate = true;
            client.MqttMsgPublishReceived += Received;
            client.ConnectionClosed += Closed;
            return client;
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
                // What the client says of its end wakes it; the look is for one that says nothing.
                _ended.WaitOne(Look, false);
            }
        }

        private void Part(MqttClient client, bool connected)
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

        // Runs on a thread of the client's, which may be about to end.
        private void Closed(object sender, EventArgs e)
        {
            _ended.Set();
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
