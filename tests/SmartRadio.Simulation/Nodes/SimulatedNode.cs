using SmartRadio.Node;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;
using SmartRadio.Protocol;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Nodes;

/// <summary>Hosts the real node as its device program does: polls it, tells it of its link, and takes its power away.</summary>
internal sealed class SimulatedNode : IEndpoint
{
    private const int MostPolls = 1000;
    private static readonly TimeSpan LongestNotice = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestBoot = TimeSpan.FromSeconds(6);
    private static readonly Intervals SeldomTalk = new()
    {
        Clock = TimeSpan.FromMinutes(60).Microseconds(),
        EarlyClock = 12,
        Heartbeat = TimeSpan.FromMinutes(30).Microseconds(),
        Health = TimeSpan.FromMinutes(60).Microseconds(),
    };

    private readonly Agenda _agenda;
    private readonly Broker _broker;
    private readonly Chance _chance;
    private readonly NodeTraits _traits;
    private SimulatedClock? _clock;
    private LoudspeakerNode? _node;
    private Ear? _ear;
    private int _poll;
    private bool _believesConnected;
    private bool _lineIsGood;
    private (long Shown, long At) _kept;

    public SimulatedNode(Agenda agenda, Broker broker, NodeTraits traits, Facts facts, Chance chance)
    {
        _agenda = agenda;
        _broker = broker;
        _chance = chance;
        _traits = traits;
        Keys = new NodeKeys(traits.Secret);
        Flash = new Flash(traits.FlashBytes);
        Line = new Line(agenda, this);
        Memory = new MemoryWitness(traits.Name);
        Sound = new SoundWitness(traits.Name, facts, Memory);
        Receipts = new ReceiptWitness(traits.Name, Sound);
        Flash.Written = Memory.Stored;
    }

    public string Name => _traits.Name;

    public NodeTraits Traits => _traits;

    public NodeKeys Keys { get; }

    public Flash Flash { get; }

    public Line Line { get; }

    public MemoryWitness Memory { get; }

    public SoundWitness Sound { get; }

    public ReceiptWitness Receipts { get; }

    public bool IsOn => _node is not null;

    public void PowerOn()
    {
        if (IsOn)
        {
            return;
        }

        Flash.PowerLeft = null;
        var shown = _traits.KeepsTime && _kept.At > 0
            ? (_kept.Shown * 1000) + _agenda.Now - _kept.At + _chance.Between(-2_000_000, 2_000_000)
            : _chance.Between(1_000_000, 5_000_000);
        Sound.PowerOn();
        Alive(() =>
        {
            _clock = new SimulatedClock(_agenda, shown, _traits.Drift);
            _ear = new Ear(_agenda, Sound);
            _node = new LoudspeakerNode(new NodeIdentity(_traits.Id, _traits.Secret, "simulated", "1"), new NodeHardware
            {
                Link = new NodeLink(_broker, Line, Receipts),
                Clock = _clock,
                Files = Flash,
                Output = _ear,
                Cipher = new AesCipher(),
                Sensors = new SteadySensors(),
                Jitter = new Jitter(_chance),
                Intervals = SeldomTalk,
            });
        });
        _agenda.After(_chance.Between(TimeSpan.FromSeconds(1), LongestBoot), Connect);
    }

    public void PowerOff()
    {
        if (_clock is { Kept.At: > 0 })
        {
            _kept = _clock.Kept;
        }

        _ear?.PowerOff();
        _ear = null;
        _node = null;
        _clock = null;
        _believesConnected = false;
        _poll++;
        if (Line.IsUp)
        {
            Line.Drop();
            SayOffline();
        }
    }

    /// <summary>The line can carry messages again; the node connects.</summary>
    public void LineUp()
    {
        _lineIsGood = true;
        Connect();
    }

    /// <summary>The line is cut; the node and the broker notice some time later.</summary>
    public void LineDown()
    {
        _lineIsGood = false;
        if (!Line.IsUp)
        {
            return;
        }

        Line.Drop();
        var connection = Line.Connection;
        _agenda.After(_chance.Between(TimeSpan.Zero, LongestNotice), () =>
        {
            if (Line.Connection == connection && _believesConnected)
            {
                _believesConnected = false;
                Alive(() => _node?.Disconnected());
            }
        });
        SayOffline();
    }

    public void PressStop() => Alive(() => _node?.StopPressed());

    public void Receive(string topic, byte[] payload, bool retained) => Alive(() => _node?.Received(topic, payload));

    private void Connect()
    {
        if (!IsOn || !_lineIsGood || Line.IsUp)
        {
            return;
        }

        _broker.Connect(Line);
        Alive(() =>
        {
            if (_believesConnected)
            {
                _node?.Disconnected();
            }

            _believesConnected = true;
            _node?.Connected();
        });
    }

    /// <summary>Runs something of the node, then lets it do what is due; a power cut in the middle ends it.</summary>
    private void Alive(Action what)
    {
        try
        {
            what();
            Poll();
        }
        catch (PowerCutException)
        {
            PowerOff();
            _agenda.After(_chance.Spread(TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(30)), PowerOn);
        }
        catch (Exception problem) when (problem is not ViolationException)
        {
            throw new ViolationException(Invariant.GoesOn, $"node {Name} threw {problem}");
        }
    }

    private void Poll()
    {
        for (var polls = 0; _node is not null; polls++)
        {
            var wait = _node.Poll();
            if (wait > 0)
            {
                var turn = ++_poll;
                // The device's scheduler wakes a little late.
                _agenda.After((wait * 1000L) + _chance.Between(0, 15_000), () => PollAgain(turn));
                return;
            }

            if (polls == MostPolls)
            {
                throw new ViolationException(Invariant.GoesOn, $"node {Name} asks to be polled for ever");
            }
        }
    }

    private void PollAgain(int turn)
    {
        if (turn == _poll)
        {
            Alive(() => { });
        }
    }

    /// <summary>The last will, published when the broker notices that nobody answers.</summary>
    private void SayOffline()
    {
        var connection = Line.Connection;
        _agenda.After(_chance.Between(TimeSpan.FromSeconds(1), LongestNotice), () =>
        {
            if (Line.Connection == connection && !(IsOn && Line.IsUp))
            {
                _broker.Distribute(Topics.Here(Name), System.Text.Encoding.UTF8.GetBytes(Topics.Offline), retain: true);
            }
        });
    }
}
