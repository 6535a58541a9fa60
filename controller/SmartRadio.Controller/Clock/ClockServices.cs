using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Clock;

internal static class ClockServices
{
    /// <summary>
    /// Puts the guard in the place of the container's clock, so that the program, its framework and Quartz go by it. The clock of
    /// the machine is the one registered before, else the real one.
    /// </summary>
    /// <exception cref="InvalidOperationException">The clock registered before is no instance.</exception>
    public static IServiceCollection AddClock(this IServiceCollection services)
    {
        var machine = services.LastOrDefault(each => each.ServiceType == typeof(TimeProvider)) is { } given
            ? given.ImplementationInstance as TimeProvider
                ?? throw new InvalidOperationException("The machine's clock must be registered as an instance.")
            : TimeProvider.System;
        services.RemoveAll<TimeProvider>();
        return services
            .AddSingleton(provider => new GuardedTime(machine, provider.GetRequiredService<ILogger<GuardedTime>>()))
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<GuardedTime>())
            .AddSingleton<ConfirmClock>()
            .AddReaction<ClockConfirmed, ConfirmClock>()
            .AddHosted<ClockWatch>()
            .AddSingleton<ILoadAtStart>(provider => provider.GetRequiredService<ClockWatch>());
    }
}
