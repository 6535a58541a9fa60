using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Link.Keys;

/// <summary>Nodes' secrets: encrypted in the database, and as derived keys in memory for nodes in use.</summary>
public sealed class NodeSecrets(IDbContextFactory<RadioDb> databases, IDataProtectionProvider protection)
    : IReactTo<NodeKeysChanged>
{
    private readonly IDataProtector _protector = protection.CreateProtector("SmartRadio.NodeSecret.1");
    private readonly ConcurrentDictionary<string, NodeKeyring> _known = new(StringComparer.Ordinal);

    // Rises with every change, so that what was read before one is not remembered after it.
    private long _changes;

    /// <summary>A fresh secret and its encrypted form.</summary>
    public (byte[] Secret, byte[] Protected) Create()
    {
        var secret = RandomNumberGenerator.GetBytes(WireSizes.KeyLength);
        return (secret, _protector.Protect(secret));
    }

    /// <summary>
    /// The node's keys, or null when it is unknown or revoked. Unknown ids are not remembered, so strangers cost no memory.
    /// </summary>
    public async ValueTask<NodeKeyring?> FindAsync(string nodeId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(nodeId, out var known))
        {
            return known;
        }

        if (Hex.Decode(nodeId, WireSizes.NodeIdLength) is not { } id)
        {
            return null;
        }

        var changes = Interlocked.Read(ref _changes);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.NodeKeys.AsNoTracking()
            .Where(key => key.NodeId == nodeId && key.RevokedAt == null)
            .LeftJoin(
                db.Rotations, key => key.NodeId, rotation => rotation.NodeId,
                (key, coming) => new { key.ProtectedSecret, key.KeyId, Coming = coming })
            .FirstOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var keyring = new NodeKeyring(nodeId, id, row.KeyId, Keys(row.ProtectedSecret))
        {
            Next = row.Coming is { } next ? new NextKeys(next.KeyId, Keys(next.ProtectedSecret), next.ProtectedSecret) : null,
        };
        if (Interlocked.Read(ref _changes) == changes)
        {
            _known[nodeId] = keyring;
        }

        return keyring;
    }

    /// <summary>Whether the node was ours once. Asked only about messages that are rejected anyway.</summary>
    public async Task<bool> IsRevokedAsync(string nodeId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.NodeKeys.AnyAsync(key => key.NodeId == nodeId && key.RevokedAt != null, cancellationToken);
    }

    /// <summary>Forgets what was known of a node's keys.</summary>
    public Task ReactAsync(NodeKeysChanged happened, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove(happened.NodeId, out _);
        return Task.CompletedTask;
    }

    /// <summary>The next secret as it goes to the node in the command of this counter.</summary>
    public byte[] Wrap(NodeKeyring node, NextKeys next, long counter) =>
        node.Wrap(_protector.Unprotect(next.ProtectedSecret), counter);

    private NodeKeys Keys(byte[] encrypted) => new(_protector.Unprotect(encrypted));
}

/// <summary>A node's id in both forms, and its keys.</summary>
public sealed record NodeKeyring(string NodeId, byte[] IdBytes, byte KeyId, NodeKeys Keys)
{
    /// <summary>What the node is to change to, or null.</summary>
    public NextKeys? Next { get; init; }

    /// <summary>What a message is sealed under: the present keys, the next, or none of them.</summary>
    public NodeKeys? SignerOf(byte[] message) =>
        Envelope.IsAuthentic(message, Keys.Up) ? Keys
        : Next is not null && Envelope.IsAuthentic(message, Next.Keys.Up) ? Next.Keys
        : null;

    /// <summary>A key as it goes to the node: encrypted under its present wrap key and the counter of the command.</summary>
    public byte[] Wrap(byte[] key, long counter)
    {
        using var aes = Aes.Create();
        aes.Key = Keys.Wrap;

        // Counter mode out of single blocks: .NET has no class for it.
        return KeyWrap.Combine(key, aes.EncryptEcb(KeyWrap.CounterBlocks(counter, key.Length), PaddingMode.None));
    }
}

/// <summary>Keys that take effect when the node first uses them.</summary>
public sealed record NextKeys(byte KeyId, NodeKeys Keys, byte[] ProtectedSecret);
