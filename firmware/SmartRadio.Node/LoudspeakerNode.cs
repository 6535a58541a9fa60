using System.Text;
using SmartRadio.Node.Clock;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Node.Objects;
using SmartRadio.Node.Plans;
using SmartRadio.Node.Playback;
using SmartRadio.Node.Reports;
using SmartRadio.Node.Storage;
using SmartRadio.Node.Streams;
using SmartRadio.Node.Updates;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node
{
    /// <summary>
    /// A loudspeaker's whole behaviour as a passive state machine: it has no thread and touches the world only through its
    /// hardware. The host calls it from one thread at a time, and after each call calls <see cref="Poll"/> until that says to
    /// wait.
    /// </summary>
    public sealed class LoudspeakerNode
    {
        private readonly NodeIdentity _identity;
        private readonly NodeHardware _hardware;
        private readonly NodeClock _clock;
        private readonly PlayJournal _journal;
        private readonly PlanStore _plan;
        private readonly Uplink _uplink;
        private readonly ClockSync _sync;
        private readonly RejectionLog _rejections;
        private readonly ObjectLibrary _objects;
        private readonly OpenStreams _streams;
        private readonly Speaker _speaker;
        private readonly Player _player;
        private readonly PlayScheduler _scheduler;
        private readonly PlanHandler _plans;
        private readonly StopHandler _stops;
        private readonly ReceiptReporter _receipts;
        private readonly HeartbeatReporter _heartbeat;
        private readonly LineSense _line;
        private readonly CalmTimes _calm;
        private readonly ProgramUpdate _update;
        private readonly QuietRestart _restart;
        private readonly HealthReporter _health;
        private readonly CommandRouter _router;
        private readonly Counters _counters;
        private readonly LostCounters _lostCounters;
        private readonly string _commandTopic;
        private string _hereTopic;
        private bool _connected;
        private bool _greeted;
        private bool _greetedInTime;

        /// <summary>Takes up from storage what it was doing; sends nothing until <see cref="Connected"/>.</summary>
        public LoudspeakerNode(NodeIdentity identity, NodeHardware hardware)
        {
            _identity = identity;
            _hardware = hardware;
            _commandTopic = Topics.Command(identity.Name);
            identity.Keyring.Open(Slots("keys"));
            _counters = new Counters(Slots("counters"));
            _plan = new PlanStore(Slots("plan"));
            _journal = new PlayJournal(Slots("book"));
            _clock = new NodeClock(hardware.Clock, _counters.LatestIssued, Slots("clock"));
            _rejections = new RejectionLog(_journal, _clock);
            _uplink = new Uplink(identity, _clock, _counters, hardware.Link);
            _sync = new ClockSync(_clock, _uplink, hardware.Jitter, hardware.Intervals);
            _objects = new ObjectLibrary(
                identity.Name, hardware, _clock, _uplink, new ObjectIndex(hardware.Files, Slots("shelf")), _rejections);
            _streams = new OpenStreams(hardware.Link, _rejections);
            AirRules rules = new AirRules(_plan, _journal.Airtime);
            _line = hardware.Line == null ? null : new LineSense(hardware.Line);
            _speaker = new Speaker(hardware.Output, _clock, _line);
            _player = new Player(_speaker, _clock, _journal, rules);
            _calm = new CalmTimes(_clock, _plan, _journal, _player);
            PlannedBroadcasts broadcasts = new PlannedBroadcasts(_journal, _clock, identity);
            SoundSource sounds = new SoundSource(_objects, _streams);
            _scheduler = new PlayScheduler(_journal, _clock, rules, _speaker, _player, broadcasts, sounds);
            _plans = new PlanHandler(_plan, _clock, rules, _player, broadcasts, _objects, _streams);
            _stops = new StopHandler(_journal, _clock, _player, broadcasts, _plans);
            CommandGate gate = new CommandGate(identity, _counters, _clock);
            BootSlots slots = new BootSlots(hardware.Files, identity.Keyring.Store);
            _update = new ProgramUpdate(hardware, identity, _clock, gate, _objects, _calm, slots);
            _restart = new QuietRestart(hardware.Restart, _calm, _update);
            RotateHandler rotations = new RotateHandler(hardware.Cipher, identity.Keyring);
            _receipts = new ReceiptReporter(_journal, _clock, _uplink, hardware.Jitter);
            _heartbeat = new HeartbeatReporter(hardware, _clock, _uplink, _plan, _player, _rejections, rotations);
            _health = new HealthReporter(_clock, _uplink, _line, _update, hardware);
            _lostCounters = new LostCounters(hardware, _clock, _uplink, _counters, _journal, _sync, identity.Keyring.Store);
            _router = new CommandRouter(gate, _rejections);
            _router.Add(new StreamOpenHandler(_streams, hardware.Cipher, _clock, broadcasts, _player, _plans));
            AddHandlers(rotations, new TestChime(_clock, rules, _player));
        }

        /// <summary>
        /// The link is up. The host has set the last will on <see cref="Topics.Here"/> to <see cref="Topics.Offline"/>, retained.
        /// </summary>
        public void Connected()
        {
            _connected = true;
            _greeted = false;
            _restart.Connected();
            _hardware.Link.Subscribe(_commandTopic, true);
            _streams.Connected();
            _lostCounters.Connected();
            Greet();
        }

        public void Disconnected()
        {
            _connected = false;
            _objects.Disconnected();
        }

        /// <summary>An attempt to connect led to nothing.</summary>
        public void ConnectionFailed()
        {
            _restart.Failed();
        }

        /// <summary>A message of a topic the node subscribed to. Whatever it holds, it does no harm.</summary>
        public void Received(string topic, byte[] payload)
        {
            if (topic == _commandTopic)
            {
                _router.Take(payload);
                SaveJournal();
            }
            else if (!_objects.Received(topic, payload) && !_streams.Received(topic, payload))
            {
                _rejections.Tally();
            }
        }

        /// <summary>The button on the node: silence now, with or without network and storage.</summary>
        public void StopPressed()
        {
            _stops.Stop(0, ReceiptReason.LocalStop);
            _journal.Save();
        }

        /// <summary>
        /// Does what is due and returns in how many milliseconds, 0 to <see cref="Wait.Longest"/>, something may be due again.
        /// </summary>
        public int Poll()
        {
            int wait = _scheduler.Poll();
            wait = Wait.Shorter(wait, _player.Poll());
            wait = Wait.Shorter(wait, _plans.Poll());
            if (!_plans.IsTaking)
            {
                // Not between two slices: it must not make room of what the plan needs.
                wait = Wait.Shorter(wait, _objects.Poll());
            }

            wait = Wait.Shorter(wait, _update.Poll());
            wait = Wait.Shorter(wait, _restart.Poll());
            wait = Wait.Shorter(wait, _speaker.Poll());
            SaveJournal();
            _clock.Poll();
            if (!_connected)
            {
                return wait;
            }

            wait = Wait.Shorter(wait, _lostCounters.Poll());
            Greet();
            if (!_greeted)
            {
                return wait;
            }

            if (_clock.IsSet && !_greetedInTime)
            {
                // What came before the clock was set had to be rejected: let the controller say it again.
                SayHello();
            }

            wait = Wait.Shorter(wait, _sync.Poll());
            wait = Wait.Shorter(wait, _receipts.Poll());
            wait = Wait.Shorter(wait, _heartbeat.Poll());
            return Wait.Shorter(wait, _health.Poll());
        }

        /// <summary>How the node is, as far as it knows itself; of network and broker the host knows.</summary>
        public NodeCondition Condition
        {
            get
            {
                bool isLineBad = _line != null && (_line.State == LineState.Silent || _line.State == LineState.Open);
                bool isHardwareBad = _speaker.HasFailed || _hardware.Files.TotalBytes == 0 || _hardware.LacksMemory;
                if (isHardwareBad || isLineBad || HasLostKeys)
                {
                    return NodeCondition.Fault;
                }

                if (_player.Heard != null)
                {
                    return _player.Heard.Class == BroadcastClass.Emergency ? NodeCondition.Emergency : NodeCondition.Playing;
                }

                return _clock.IsSet ? NodeCondition.Ready : NodeCondition.ClockUnknown;
            }
        }

        /// <summary>The controller does not know it any more: it must be enrolled anew.</summary>
        public bool HasLostKeys
        {
            get { return _identity.Keyring.IsDamaged; }
        }

        /// <summary>When the host may do what stops every thread for a while.</summary>
        public CalmTimes Calm
        {
            get { return _calm; }
        }

        /// <summary>Samples in the output; 0 while it is off.</summary>
        public int Queued
        {
            get { return _speaker.Queued; }
        }

        /// <summary>
        /// Begins to speak: once a connection, again when all it said was rejected as said before, and not while it would be.
        /// </summary>
        private void Greet()
        {
            if ((_greeted && !_lostCounters.HasMoved) || _counters.IsLost)
            {
                return;
            }

            _greeted = true;
            _lostCounters.Greeted();
            if (_hereTopic == null)
            {
                _hereTopic = Topics.Here(_identity.Name);
            }

            _hardware.Link.Publish(_hereTopic, Encoding.UTF8.GetBytes(Topics.Online), true, true);
            _objects.Connected();
            _sync.Connected();
            _receipts.Connected();
            _heartbeat.Hurry();
            SayHello();
            _health.Connected();
        }

        /// <summary>Once a plan, not once a slice of it: each time costs the flash 40 KB where all is full.</summary>
        private void SaveJournal()
        {
            if (!_plans.IsTaking)
            {
                _journal.Save();
            }
        }

        private void SayHello()
        {
            Hello hello = new Hello();
            hello.Firmware = _identity.Firmware;
            hello.Hardware = _identity.Hardware;
            hello.Codecs = _identity.Codecs | Hello.TakesVolumes;
            hello.StorageSize = _hardware.Files.TotalBytes / 1024;
            hello.PlanNumber = _plan.Number;
            _uplink.Send(UpType.Hello, hello.Write());
            _greetedInTime = _clock.IsSet;
        }

        /// <summary>One handler for each command; a stream has its own already.</summary>
        private void AddHandlers(RotateHandler rotations, TestChime chime)
        {
            _objects.Gate = _calm;
            _router.Add(_plans);
            _router.Add(rotations);
            _router.Add(_stops);
            _router.Add(new ChimeHandler(chime));
            _router.Add(new UpdateHandler(_update));
            _router.Add(new ClockReplyHandler(_sync));
            _router.Add(new ReceiptAckHandler(_receipts));
            _router.Add(new ResumeReplyHandler(_lostCounters));
            _journal.Save();
        }

        private TwoSlotFile Slots(string name)
        {
            return new TwoSlotFile(_hardware.Files, name, _identity.Keyring.Store);
        }
    }
}
