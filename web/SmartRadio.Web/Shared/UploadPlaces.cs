using System.Security.Claims;
using Microsoft.Extensions.Options;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Shared;

/// <summary>
/// How many uploads arrive at once, of one person and in all, and for how long. They are counted before their first byte is
/// read, and lie below the data folder meanwhile.
/// </summary>
internal sealed class UploadPlaces(IOptions<LimitOptions> limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>Uploads that arrive now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _taken.Values.Sum();
            }
        }
    }

    public static Task ReceiveAsync(HttpContext context, RequestDelegate next) =>
        TakesSoundAttribute.Is(context) && context.Request.HasFormContentType
            && context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } person
            ? context.RequestServices.GetRequiredService<UploadPlaces>().ReceiveAsync(person, context, next)
            : next(context);

    private async Task ReceiveAsync(string person, HttpContext context, RequestDelegate next)
    {
        Take(person);
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
            Leave(person);
        }

        await next(context);
    }

    private void Take(string person)
    {
        lock (_lock)
        {
            var (own, all, most) = (_taken.GetValueOrDefault(person), _taken.Values.Sum(), limits.Value);
            if (own >= most.PersonSounds)
            {
                throw new RefusedException(BulletinRefusal.OwnSoundsAtWork, most.PersonSounds);
            }

            if (all >= most.Sounds)
            {
                throw new RefusedException(BulletinRefusal.SoundsAtWork, most.Sounds);
            }

            _taken[person] = own + 1;
        }
    }

    private void Leave(string person)
    {
        lock (_lock)
        {
            if (--_taken[person] == 0)
            {
                _taken.Remove(person);
            }
        }
    }
}
