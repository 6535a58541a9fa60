using System.Security.Claims;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Shared;

/// <summary>
/// How many uploads arrive at once, of one person and in all, and for how long. They are counted before their first byte is
/// read, and lie below the data folder meanwhile. The last place is kept for those who release emergencies.
/// </summary>
internal sealed class UploadPlaces(IOptions<LimitOptions> limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private bool _keptTaken;

    /// <summary>Uploads that arrive now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _taken.Values.Sum() + (_keptTaken ? 1 : 0);
            }
        }
    }

    public static Task ReceiveAsync(HttpContext context, RequestDelegate next) =>
        TakesSoundAttribute.Is(context) && context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } person
            ? context.RequestServices.GetRequiredService<UploadPlaces>().ReceiveAsync(person, context, next)
            : next(context);

    private async Task ReceiveAsync(string person, HttpContext context, RequestDelegate next)
    {
        var grants = await context.RequestServices.GetRequiredService<MyGrants>().GetAsync(context.RequestAborted);
        var isKept = Take(person, grants.MayAnywhere(Right.Alert));
        try
        {
            using var patience = new CancellationTokenSource(limits.Value.UploadTime, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
            await context.Request.ReadFormAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever took too long has been cut off with this: the framework ends the connection.
            return;
        }
        catch (Exception unread) when (unread is IOException or InvalidDataException)
        {
            // Whoever needs the form meets the same failure, and says what is wrong with it.
        }
        finally
        {
            Leave(person, isKept);
        }

        await next(context);
    }

    /// <returns>Whether it is the kept place.</returns>
    private bool Take(string person, bool mayAlert)
    {
        lock (_lock)
        {
            var (own, all, most) = (_taken.GetValueOrDefault(person), _taken.Values.Sum(), limits.Value);
            if (own < most.PersonSounds && all < most.Sounds)
            {
                _taken[person] = own + 1;
                return false;
            }

            if (mayAlert && !_keptTaken)
            {
                return _keptTaken = true;
            }

            throw own < most.PersonSounds
                ? new RefusedException(BulletinRefusal.SoundsAtWork, most.Sounds)
                : new RefusedException(BulletinRefusal.OwnSoundsAtWork, most.PersonSounds);
        }
    }

    private void Leave(string person, bool isKept)
    {
        lock (_lock)
        {
            if (isKept)
            {
                _keptTaken = false;
            }
            else if (--_taken[person] == 0)
            {
                _taken.Remove(person);
            }
        }
    }
}
