using Microsoft.AspNetCore.DataProtection;
using Quartz;

namespace SmartRadio.Simulation.Controller;

/// <summary>Protects nothing: what lies on the controller's disk is outside this simulation.</summary>
internal sealed class NoProtection : IDataProtectionProvider, IDataProtector
{
    public IDataProtector CreateProtector(string purpose) => this;

    public byte[] Protect(byte[] plaintext) => plaintext;

    public byte[] Unprotect(byte[] protectedData) => protectedData;
}

/// <summary>Quartz has threads of its own, so it stays out: what its jobs do, the simulation does at the same times.</summary>
internal sealed class NoQuartz : ISchedulerFactory
{
    public ValueTask<List<IScheduler>> GetAllSchedulers(CancellationToken cancellationToken = default) => new([]);

    public ValueTask<IScheduler> GetScheduler(CancellationToken cancellationToken = default) =>
        throw new SchedulerException("There is no Quartz in the simulation.");

    public ValueTask<IScheduler?> LookupScheduler(string schedName, CancellationToken cancellationToken = default) =>
        new((IScheduler?)null);
}
