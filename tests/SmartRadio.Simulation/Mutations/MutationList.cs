using SmartRadio.Simulation.Invariants;

namespace SmartRadio.Simulation.Mutations;

/// <summary>Bugs that people make, in the node and in the controller. The simulation must find each of them.</summary>
public static class MutationList
{
    private const string Node = "firmware/SmartRadio.Node/";
    private const string Controller = "controller/SmartRadio.Controller/";

    private const string StoreFirst = "            try\n            {\n                await StoreAsync(batch, stoppingToken);";

    private const string Acknowledge =
        """
                    foreach (var (node, report) in batch)
                    {
                        commands.Reply(
                            node, CommandType.ReceiptAck,
                            new ReceiptAck { First = report.Receipts[0].Number, Last = report.Receipts[^1].Number }.Write());
                    }


        """;

    public static IReadOnlyList<Mutation> OfTheNode { get; } =
    [
        new("takes a command whose counter equals the last", Node + "Link/CommandGate.cs",
            "envelope.Counter <= _counters.Command", "envelope.Counter < _counters.Command",
            Invariant.CountersRise, Invariant.NothingTwice),
        new("believes any piece of an object", Node + "Objects/PieceFile.cs",
            "return Mac.Matches(ObjectHash.Digest(content), Manifest, piece * ObjectLayout.DigestLength);", "return true;",
            Invariant.OnlyAuthenticSound),
        new("believes any frame of a stream", "firmware/SmartRadio.Protocol/Streams/StreamFrame.cs",
            "&& Mac.Matches(Mac.Compute(key, message, signed, MacLength), message, signed) ? frame : null;", "? frame : null;",
            Invariant.OnlyAuthenticSound),
        new("overwrites its newest record in place", Node + "Storage/TwoSlotFile.cs",
            "int slot = 1 - _newest;", "int slot = _newest;", Invariant.CountersRise, Invariant.Accounting,
            Invariant.TrueReceipts, Invariant.NothingTwice, Invariant.NewestPlan),
        new("counts gaps as sound", Node + "Playback/Playout.cs",
            "if (!isGap)", "if (record != null)", Invariant.TrueReceipts),
        new("plays from the beginning after a cut", Node + "Plans/SoundSource.cs",
            "sound.Seek(planned.Record.Position);", "sound.Seek(0);", Invariant.NothingTwice, Invariant.OnlyAuthenticSound),
        new("forgets quiet hours when it resumes", Node + "Plans/PlayScheduler.cs",
            "if (reason != ReceiptReason.None)" + Mutation.And + "airing.CutAt = ",
            "if (reason != ReceiptReason.None && planned.Record.State != BroadcastState.Suspended)" + Mutation.And
            + "airing.CutAt = planned.Record.State == BroadcastState.Suspended ? long.MaxValue : ",
            Invariant.QuietHours) { World = 4 },
        new("does not tell that it missed a broadcast", Node + "Storage/PlayJournal.cs",
            "if (record.State != BroadcastState.Suspended)", "if (record.Samples > 0)",
            Invariant.Accounting, Invariant.TrueReceipts),
        new("takes a new secret without storing it", Node + "Storage/Keyring.cs",
            "if (!Save(id, secret, previous))" + Mutation.And + "&& Save(Id, _secret, null)",
            "if (secret == null)" + Mutation.And, Invariant.NewestPlan, Invariant.EmergencyHeard, Invariant.Accounting),
    ];

    public static IReadOnlyList<Mutation> OfTheController { get; } =
    [
        new("begins its counters anew with each run", Controller + "Link/CommandCounter.cs",
            "Math.Max(previous + 1, now.ToUnixTimeSeconds())", "2_000_000_000 - db.Runs.Count()", Invariant.CountersRise),
        new("believes any up message", Controller + "Link/UplinkRouter.cs",
            "_ when signer is null => RejectedReason.Unauthenticated,", "", Invariant.TrueReceipts, Invariant.Accounting,
            Invariant.NewestPlan, Invariant.EmergencyHeard),
        new("changes plans without a new number", Controller + "Nodes/PlanNumbers.cs",
            "node => node.PlanNumber + 1", "node => node.PlanNumber", Invariant.NewestPlan, Invariant.EmergencyHeard),
        new("lets an earlier step undo an end", Controller + "Broadcasts/Target.cs",
            "else if (!IsOver && state > State)", "else", Invariant.Accounting),
        new("streams to no one", Controller + "Delivery/Streams/StreamScheduler.cs",
            "without.RemoveAll(item => !board.Find(item.NodeId).Online);", "without.Clear();",
            Invariant.EmergencyHeard),
        new("does not send a plan again that was lost", Controller + "Delivery/Plans/PlanSync.cs",
            "if (!current && (fresh || time.GetUtcNow() - sent.At > RepeatAfter))", "if (!current && fresh)",
            Invariant.NewestPlan, Invariant.Accounting),
        new("acknowledges receipts before storing them", Controller + "Broadcasts/ReceiptStore.cs",
            StoreFirst + Mutation.And + Acknowledge, Acknowledge + StoreFirst + Mutation.And, Invariant.Accounting),
        new("follows every jump of its machine's clock", Controller + "Clock/GuardedTime.cs",
            "var agrees = ahead.Duration() <= Tolerated;", "var agrees = ahead.Duration() <= TimeSpan.MaxValue;",
            Invariant.StartsInTime, Invariant.NewestPlan, Invariant.EmergencyHeard, Invariant.Accounting) { World = 11 },
        new("gives up the old secret before the node has the new", Controller + "Link/UplinkRouter.cs",
            "if (signer == next.Keys)", "if (signer is not null)", Invariant.NewestPlan,
            Invariant.EmergencyHeard, Invariant.Accounting),
    ];
}
