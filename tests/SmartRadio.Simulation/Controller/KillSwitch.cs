using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SmartRadio.Simulation.Controller;

/// <summary>The controller was killed.</summary>
internal sealed class ControllerKilledException : Exception;

/// <summary>
/// Kills the controller just before one of its database commands or commits; a dead one reaches the database no more.
/// </summary>
internal sealed class KillSwitch(Action kill) : DbCommandInterceptor, IDbTransactionInterceptor
{
    private bool _isDead;

    /// <summary>Commands and commits still to be let through; null = no end is near.</summary>
    public int? Left { get; set; }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Spend();
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Spend();
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        Spend();
        return new(result);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        Spend();
        return new(result);
    }

    private void Spend()
    {
        if (!_isDead && Left is { } left)
        {
            Left = left - 1;
            if (left == 0)
            {
                _isDead = true;
                kill();
            }
        }

        if (_isDead)
        {
            throw new ControllerKilledException();
        }
    }
}
