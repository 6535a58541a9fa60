using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Fleet;

/// <summary>Nodes' secrets: encrypted in the database, and as derived keys in memory for nodes in use.</summary>
public sealed class NodeSecrets(IDbContextFactory<RadioDb> databases, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("SmartRadio.NodeSecret.1");
    private readonly ConcurrentDictionary<string, NodeKeyring> _known = new(StringComparer.Ordinal);

    /// <summary>A fresh secret and its encrypted form.</summary>
    public (byte[] Secret, byte[] Protected) Create()
    {
        var secret = RandomNumberGenerator.GetBytes(Protocol.KeyLength);
        return (secret, _protector.Protect(secret));
    }

    /// <summary>The node's keys, or null when it is unknown or revoked. Unknown ids are not remembered, so strangers cost no memory.</summary>
    public async ValueTask<NodeKeyring?> FindAsync(string nodeId, CancellationToken cancel)
    {
        if (_known.TryGetValue(nodeId, out var known))
        {
            return known;
        }

        if (Hex.Decode(nodeId, Protocol.NodeIdLength) is not { } id)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Nodes
            .Where(node => node.Id == nodeId && node.RevokedAt == null)
            .Select(node => new { node.ProtectedSecret, node.KeyId })
            .FirstOrDefaultAsync(cancel);
        return row is null
            ? null
            : _known.GetOrAdd(nodeId, new NodeKeyring(nodeId, id, row.KeyId, new NodeKeys(_protector.Unprotect(row.ProtectedSecret))));
    }

    /// <summary>Whether the node was ours once. Asked only about messages that are refused anyway.</summary>
    public async Task<bool> IsRevokedAsync(string nodeId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Nodes.AnyAsync(node => node.Id == nodeId && node.RevokedAt != null, cancel);
    }

    /// <summary>Forgets a node whose secret was changed or revoked.</summary>
    public void Forget(string nodeId) => _known.TryRemove(nodeId, out _);
}

/// <summary>A node's id in both forms, and its keys.</summary>
public sealed record NodeKeyring(string NodeId, byte[] IdBytes, byte KeyId, NodeKeys Keys);
