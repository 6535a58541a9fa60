namespace SmartRadio.Controller.Changes;

/// <summary>What the API answered under an idempotency key, kept as long as <see cref="AppliedRequest"/>.</summary>
public sealed class AnsweredRequest
{
    /// <summary>Most bytes of an answer that are kept.</summary>
    public const int MostBytes = 65_536;

    public required string PersonId { get; set; }

    /// <summary>See <see cref="Actor.RequestKey"/>.</summary>
    public required string Key { get; set; }

    /// <summary>SHA-256 over operation and body: another request under the same key is told apart.</summary>
    public required byte[] Fingerprint { get; set; }

    public required int Status { get; set; }

    public string? ContentType { get; set; }

    /// <summary>The header of that name.</summary>
    public string? Location { get; set; }

    /// <summary>Null when the answer held a secret or was too large, and so was not kept.</summary>
    public byte[]? Body { get; set; }

    public DateTimeOffset At { get; set; }
}
