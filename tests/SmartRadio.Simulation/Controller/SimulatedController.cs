using System.Reflection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;
using SmartRadio.Controller;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Controller.Delivery.Plans;
using SmartRadio.Controller.Delivery.Streams;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Schedules;
using SmartRadio.Controller.Storage;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.Network;
using SmartRadio.Simulation.World;

namespace SmartRadio.Simulation.Controller;

/// <summary>
/// One life of the real controller, from its start to its end: its own services, on the world's database, time and line.
/// </summary>
internal sealed class SimulatedController
{
    private static readonly MethodInfo Execute = typeof(BackgroundService).GetMethod(
        "ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly Agenda _agenda;
    private readonly ServiceProvider _services;
    private readonly OneThread _thread = new();

    public SimulatedController(
        Agenda agenda, Broker broker, Line line, Facts facts, IConfiguration configuration, string database, Action killed)
    {
        _agenda = agenda;
        KillSwitch = new KillSwitch(() =>
        {
            End();
            killed();
        });
        Machine = new VirtualTime(agenda, _thread);
        var options = new DbContextOptionsBuilder<RadioDb>().UseSqlite(database).AddInterceptors(KillSwitch).Options;
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(configuration)
            .AddSingleton<TimeProvider>(Machine);
        services.AddRadioController(configuration);
        services.AddSingleton<IDbContextFactory<RadioDb>>(new PooledDbContextFactory<RadioDb>(options));
        services.AddSingleton<IDataProtectionProvider>(new NoProtection());
        services.AddSingleton<ISchedulerFactory>(new NoQuartz());
        services.AddSingleton<IMessageBus>(
            provider => new ControllerBus(broker, line, _thread, provider.GetRequiredService<TimeProvider>(), facts));
        _services = services.BuildServiceProvider();
        Bus = (ControllerBus)Get<IMessageBus>();
    }

    public ControllerBus Bus { get; }

    /// <summary>The clock of the machine on which it runs; each life begins with the true time.</summary>
    public VirtualTime Machine { get; }

    public KillSwitch KillSwitch { get; }

    public bool IsDead => _thread.IsDead;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Start()
    {
        Ask(() => ActivatorUtilities.CreateInstance<LinkStart>(_services).StartAsync(CancellationToken.None));
        BackgroundService[] parts =
        [
            ActivatorUtilities.CreateInstance<NodeStatusWriter>(_services),
            Get<PlanSync>(), Get<NightDelivery>(), Get<ReceiptStore>(), Get<ObjectDistributor>(), Get<StreamScheduler>(),
            Get<UplinkRouter>(), Get<BroadcastCloser>(), Get<StopRecorder>(),
        ];
        foreach (var part in parts)
        {
            // Not StartAsync: since .NET 10 that begins on a thread of the pool.
            _thread.Run(() => Execute.Invoke(part, [CancellationToken.None]));
        }

        PlanAhead();
    }

    /// <summary>
    /// Lets a person or a job ask something of the controller; all of it happens at this instant. A refusal is an answer.
    /// </summary>
    public void Ask(Func<Task> ask)
    {
        Task? asked = null;
        _thread.Run(() => asked = ask());
        if (asked is { IsCompleted: false } && !IsDead)
        {
            throw new ViolationException(Invariant.GoesOn, "a command of the controller's waits for something that never comes");
        }

        if (asked is { Exception.InnerException: { } problem } && !IsDead && problem is not RefusedException)
        {
            throw new ViolationException(Invariant.GoesOn, $"the controller threw {problem}");
        }
    }

    /// <summary>Nothing of it runs any more.</summary>
    public void End() => _thread.IsDead = true;

    /// <summary>What Quartz would wake it for.</summary>
    private void PlanAhead()
    {
        Ask(() => Get<SchedulePlanner>().PlanAllAsync(CancellationToken.None));
        if (!IsDead)
        {
            _agenda.After(PlanAheadJob.Interval, () =>
            {
                if (!IsDead)
                {
                    PlanAhead();
                }
            });
        }
    }
}
