using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link;
using SmartRadio.Controller.Nodes;
using SmartRadio.Controller.Storage;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Controller.Releases;

/// <summary>
/// Carries the running rollout forward: tells nodes, watches what they say, moves to the next stage when all that are on-line
/// have proved the release for a while, and stops at the first that fails. Nodes that are away are told when they return.
/// </summary>
public sealed class RolloutRunner(
    IDbContextFactory<RadioDb> databases,
    AuditedChanges changes,
    NodeStatusCache board,
    CommandSender commands,
    Events events,
    IOptions<ReleaseOptions> options,
    TimeProvider time,
    ILogger<RolloutRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // What was lost on the way is said again.
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMinutes(2);

    // A node that failed before says so until it has taken up the command.
    private static readonly TimeSpan OldNews = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);

    /// <summary>One look at the running rollout.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Rollouts.Include(row => row.Nodes)
            .FirstOrDefaultAsync(row => row.State == RolloutState.Running, cancellationToken) is not { } rollout)
        {
            _told.Clear();
            return;
        }

        var release = await db.Releases.SingleAsync(row => row.Id == rollout.ReleaseId, cancellationToken);
        var revoked = await db.Nodes.Where(node => node.RevokedAt != null).Select(node => node.Id)
            .ToHashSetAsync(cancellationToken);
        var reached = rollout.Nodes.Where(node => node.Stage <= rollout.Stage && !revoked.Contains(node.NodeId)).ToList();
        var due = reached.Where(node => Judge(node, release.Version)).ToList();
        var stage = rollout.Stage;
        var state = Advance(rollout, reached, revoked);
        if (db.ChangeTracker.HasChanges())
        {
            await db.SaveChangesAsync(cancellationToken);
            await events.PublishAsync(new ReleasesChanged(), cancellationToken);
        }

        if (state != RolloutState.Running)
        {
            await EndAsync(rollout.Id, state, cancellationToken);
            return;
        }

        if (rollout.Stage > stage)
        {
            logger.LogInformation(
                "Rollout {Rollout} of {Version} goes on to stage {Stage}", rollout.Id, release.Version, rollout.Stage);
        }

        await TellAsync(due, release, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchRollouts, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                logger.LogError(problem, "The rollout could not be carried on; it is tried again");
            }
        }
    }

    /// <summary>Takes in what a node says; true when it is to be told now.</summary>
    private bool Judge(RolloutNode node, string version)
    {
        var now = time.GetUtcNow();
        var status = board.Find(node.NodeId);
        if (node.Step is RolloutStep.Updated or RolloutStep.Failed || !status.Online)
        {
            return false;
        }

        if (status.Firmware == version && status.Update == UpdateState.None)
        {
            End(node, RolloutStep.Updated, RolloutFailure.None);
            return false;
        }

        if (node.SentAt is not { } sent)
        {
            node.Step = RolloutStep.Sent;
            node.SentAt = now;
            return true;
        }

        var isNews = status.UpdateVersion == version && status.LastSeen > sent + OldNews;
        if (isNews && status.Update is (UpdateState.RolledBack or UpdateState.Failed))
        {
            End(node, RolloutStep.Failed, status.Update == UpdateState.RolledBack
                ? RolloutFailure.RolledBack
                : RolloutFailure.NotInstalled);
            return false;
        }

        if (now - sent > options.Value.RolloutPatience)
        {
            End(node, RolloutStep.Failed, RolloutFailure.NoResult);
            return false;
        }

        var isBusy = status.UpdateVersion == version
            && status.Update is (UpdateState.Fetching or UpdateState.Staged or UpdateState.Trial);
        return !isBusy && now - _told.GetValueOrDefault(node.NodeId) > RepeatAfter;
    }

    private void End(RolloutNode node, RolloutStep step, RolloutFailure failure)
    {
        node.Step = step;
        node.Failure = failure;
        node.EndedAt = time.GetUtcNow();
        logger.LogInformation("Node {Node} in the rollout: {Step} {Failure}", node.NodeId, step, failure);
    }

    private RolloutState Advance(Rollout rollout, List<RolloutNode> reached, HashSet<string> revoked)
    {
        if (reached.Exists(node => node.Step == RolloutStep.Failed))
        {
            return RolloutState.Stopped;
        }

        if (rollout.Nodes.All(node => node.Step == RolloutStep.Updated || revoked.Contains(node.NodeId)))
        {
            return RolloutState.Finished;
        }

        var current = reached.Where(node => node.Stage == rollout.Stage).ToList();
        var proved = current.Where(node => node.Step == RolloutStep.Updated).ToList();
        var isQuiet = !reached.Exists(node => node.Step == RolloutStep.Sent);
        var isProved = current.Count == 0
            || (proved.Count > 0
                && proved.TrueForAll(
                    node => board.Find(node.NodeId).Online && node.EndedAt + options.Value.RolloutSoak <= time.GetUtcNow()));
        if (rollout.Stage < Rollout.Stages && isQuiet && isProved)
        {
            rollout.Stage++;
        }

        return RolloutState.Running;
    }

    private async Task TellAsync(List<RolloutNode> due, Release release, CancellationToken cancellationToken)
    {
        var body = new UpdateCommand
        {
            Version = release.Version,
            ObjectId = Hex.Decode(release.ObjectId, WireSizes.ObjectIdLength),
            ObjectBytes = release.Bytes,
        }.Write();
        foreach (var node in due)
        {
            _told[node.NodeId] = time.GetUtcNow();
            await commands.SendAsync(node.NodeId, CommandType.Update, body, Lifetime, cancellationToken);
        }
    }

    private async Task EndAsync(long id, RolloutState state, CancellationToken cancellationToken)
    {
        await changes.ApplyAsync(
            Actor.Program,
            Right.Administer,
            state == RolloutState.Finished ? "rollout.finish" : "rollout.stop",
            async (change, token) =>
            {
                change.Everywhere();
                var rollout = await change.Db.Rollouts.Include(row => row.Nodes).SingleAsync(row => row.Id == id, token);
                rollout.State = state;
                rollout.EndedAt = time.GetUtcNow();
                var failed = rollout.Nodes.Where(node => node.Step == RolloutStep.Failed).Select(node => node.NodeId);
                change.Happens(new ReleasesChanged());
                return change.Report(rollout, $"rollout {id}", new { rollout.Stage, failed });
            },
            cancellationToken);
    }
}
