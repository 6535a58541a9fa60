using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SmartRadio.Mqtt.Broker.Storage;

/// <summary>
/// One thread writes what all connections ask for; whatever has gathered meanwhile shares a transaction. What could not be written
/// is tried again, before anything newer: the file may be behind what is in memory, but never lacks something in between.
/// </summary>
internal sealed class WriteBehind : IAsyncDisposable
{
    /// <summary>While more bytes than these wait to be written, those who add more are asked to wait.</summary>
    private const long Bound = 16 * 1024 * 1024;

    /// <summary>A file that cannot be written for long must not take all memory: above so many bytes what gathered is given up.</summary>
    private const long GivenUpAbove = 64 * 1024 * 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly StoreTransactions _transactions;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly ReaderWriterLockSlim _units = new();
    private readonly SemaphoreSlim _woken = new(0);
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _writing;
    private ChangeBatch _gathered = new();
    private TaskCompletionSource<bool>? _room;
    private long _bytes;
    private bool _isWriting;
    private bool _isFailing;
    private bool _isAwake;
    private bool _isOver;
    private int _losses;

    public WriteBehind(SqliteConnection database, ILogger logger)
    {
        _transactions = new StoreTransactions(database);
        _logger = logger;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>How often something was given up; who asked for a commit before cannot rely on it.</summary>
    public int Losses => Volatile.Read(ref _losses);

    /// <summary>Changes are carried out in the order they are added.</summary>
    public void Add(string sql, params object?[] values) => Add((sql, values));

    /// <summary>These are written together or not at all.</summary>
    public void Add(params ReadOnlySpan<(string Sql, object?[] Values)> changes)
    {
        lock (_gate)
        {
            foreach (var (sql, values) in changes)
            {
                _bytes += _gathered.Add(sql, values);
            }

            Wake();
        }
    }

    /// <summary>All that this thread adds until it disposes of the unit is written together or not at all. Nobody may wait for another inside.</summary>
    public Unit BeginUnit()
    {
        _units.EnterReadLock();
        return new Unit(_units);
    }

    /// <summary>True once all that was added before is safe from a crash of this process; false when it could not be written by now.</summary>
    public ValueTask<bool> CommitAsync()
    {
        lock (_gate)
        {
            if (_gathered.IsEmpty && !_isWriting)
            {
                return ValueTask.FromResult(true);
            }

            if (_isOver)
            {
                return ValueTask.FromResult(false);
            }

            var committed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _gathered.Waiters.Add(committed);
            Wake();
            return new ValueTask<bool>(committed.Task);
        }
    }

    /// <summary>Has something quick done once all that was added before is safe from a crash; in the order it was asked for.</summary>
    public void WhenCommitted(Action consequence)
    {
        lock (_gate)
        {
            _bytes += _gathered.Add(consequence);
            Wake();
        }
    }

    /// <summary>For those who add without asking for a commit: true when little enough waits to be written, false when it cannot be written.</summary>
    public ValueTask<bool> WaitForRoomAsync()
    {
        if (Volatile.Read(ref _bytes) <= Bound)
        {
            return ValueTask.FromResult(true);
        }

        lock (_gate)
        {
            if (_bytes <= Bound || _isOver)
            {
                return ValueTask.FromResult(_bytes <= Bound);
            }

            _room ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask<bool>(_room.Task);
        }
    }

    /// <summary>Tries a last time to write what there is.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop.TrySetResult();
        lock (_gate)
        {
            Wake();
        }

        await _writing;
        _transactions.Dispose();
    }

    private void Wake()
    {
        if (!_isAwake)
        {
            _isAwake = true;
            _woken.Release();
        }
    }

    private async Task WriteAsync()
    {
        while (!_isOver)
        {
            await _woken.WaitAsync();
            var batch = Take();
            if (TryWrite(batch))
            {
                Finish(batch);
            }
            else
            {
                PutBack(batch);
                await Task.WhenAny(Task.Delay(RetryAfter), _stop.Task);
                _woken.Release();
            }
        }
    }

    private ChangeBatch Take()
    {
        _units.EnterWriteLock();
        try
        {
            lock (_gate)
            {
                var batch = _gathered;
                _gathered = new ChangeBatch();
                _isWriting = true;
                _isAwake = false;
                _isOver = _stop.Task.IsCompleted;
                return batch;
            }
        }
        finally
        {
            _units.ExitWriteLock();
        }
    }

    private bool TryWrite(ChangeBatch batch)
    {
        try
        {
            _transactions.Write(batch);
            _isFailing = false;
            return true;
        }
        catch (Exception e)
        {
            // Whatever it is: those who wait must hear of it, and this thread goes on.
            if (!_isFailing)
            {
                _logger.LogError(e, "The MQTT store cannot be written; until it can, nothing that it is to keep is acknowledged");
            }

            _isFailing = true;
            return false;
        }
    }

    private void Finish(ChangeBatch batch)
    {
        lock (_gate)
        {
            _isWriting = false;
            _bytes -= batch.Bytes;
            if (_bytes <= Bound || _isOver)
            {
                AnswerRoom(_bytes <= Bound);
            }
        }

        batch.Answer(written: true);
        Conclude(batch);
    }

    private void PutBack(ChangeBatch batch)
    {
        var failed = batch;
        lock (_gate)
        {
            _isWriting = false;
            AnswerRoom(false);
            if (_bytes > GivenUpAbove)
            {
                _logger.LogError("{Bytes} bytes for the MQTT store are given up: they would not survive a crash", batch.Bytes);
                _bytes -= batch.Bytes;
                _losses++;
            }
            else
            {
                failed = new ChangeBatch();
                failed.Waiters.AddRange(batch.Waiters);
                batch.Waiters.Clear();
                batch.Append(_gathered);
                _gathered = batch;
                _isAwake = true;
            }
        }

        failed.Answer(written: false);
        Conclude(failed);
    }

    private void Conclude(ChangeBatch batch)
    {
        foreach (var consequence in batch.Consequences)
        {
            try
            {
                consequence();
            }
            catch (Exception e)
            {
                _logger.LogError(e, "What was to follow a commit of the MQTT store failed");
            }
        }
    }

    private void AnswerRoom(bool isThere)
    {
        _room?.SetResult(isThere);
        _room = null;
    }

    /// <summary>Lasts while changes that belong together are added.</summary>
    public readonly struct Unit(ReaderWriterLockSlim units) : IDisposable
    {
        public void Dispose() => units.ExitReadLock();
    }
}
