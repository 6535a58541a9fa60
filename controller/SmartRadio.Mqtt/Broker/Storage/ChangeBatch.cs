namespace SmartRadio.Mqtt.Broker.Storage;

/// <summary>Changes that share a transaction, and who waits for it.</summary>
internal sealed class ChangeBatch
{
    /// <summary>What a change costs beside its texts and bytes.</summary>
    private const int ChangeCost = 200;

    public List<(string Sql, object?[] Values)> Changes { get; } = [];

    /// <summary>Told whether it was written; asked anew by those who come after a failure.</summary>
    public List<TaskCompletionSource<bool>> Waiters { get; } = [];

    /// <summary>What is done once it is written, however often that is tried.</summary>
    public List<Action> Consequences { get; } = [];

    public bool IsEmpty => Changes.Count == 0 && Waiters.Count == 0 && Consequences.Count == 0;

    public long Bytes { get; private set; }

    public long Add(Action consequence)
    {
        Consequences.Add(consequence);
        Bytes += ChangeCost;
        return ChangeCost;
    }

    public long Add(string sql, object?[] values)
    {
        long bytes = ChangeCost;
        foreach (var value in values)
        {
            bytes += value switch { byte[] blob => blob.Length, string text => sizeof(char) * text.Length, _ => 0 };
        }

        Changes.Add((sql, values));
        Bytes += bytes;
        return bytes;
    }

    /// <summary>Takes over what came later.</summary>
    public void Append(ChangeBatch later)
    {
        Changes.AddRange(later.Changes);
        Waiters.AddRange(later.Waiters);
        Consequences.AddRange(later.Consequences);
        Bytes += later.Bytes;
    }

    public void Answer(bool written)
    {
        Waiters.ForEach(w => w.SetResult(written));
        Waiters.Clear();
    }
}
