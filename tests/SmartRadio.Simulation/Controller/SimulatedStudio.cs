using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Link.Keys;
using SmartRadio.Controller.People;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;
using SmartRadio.Simulation.Invariants;
using SmartRadio.Simulation.Nodes;
using SmartRadio.Simulation.World;
using FleetNode = SmartRadio.Controller.Nodes.Node;

namespace SmartRadio.Simulation.Controller;

/// <summary>
/// Puts areas, nodes and approved bulletins straight into the database; how people make those is not what is simulated.
/// </summary>
internal sealed class SimulatedStudio(Headquarters house, Chance chance)
{
    private const int Rate = 8000;

    private int _bulletins;

    public static Actor Officer { get; } = new("officer", "Cán bộ");

    /// <summary>A commune and two hamlets, one of which sleeps at noon and wants little noise.</summary>
    /// <returns>The hamlets' ids; the commune is their parent.</returns>
    public (long Commune, IReadOnlyList<long> Hamlets) MakeAreas()
    {
        using var db = house.Open();
        db.Users.Add(new Person { Id = Officer.PersonId!, UserName = "officer", DisplayName = Officer.Name });
        db.Roles.AddRange(Enum.GetValues<Role>().Select(role => new RoleGrant { PersonId = Officer.PersonId!, Role = role }));
        var commune = new Area { Code = "1", Name = "Xã", Level = "Xã" };
        db.Areas.Add(commune);
        db.SaveChanges();
        var near = new Area { Code = "2", Name = "Thôn 1", Level = "Thôn", ParentId = commune.Id };
        var far = new Area
        {
            Code = "3",
            Name = "Thôn 2",
            Level = "Thôn",
            ParentId = commune.Id,
            QuietHours = new QuietHours(new TimeOnly(21, 30), new TimeOnly(4, 55)),
            MinutesPerDay = 3,
        };
        db.Areas.AddRange(near, far);
        db.SaveChanges();
        return (commune.Id, [near.Id, far.Id]);
    }

    public void Enrol(NodeTraits traits, long area, bool lowData)
    {
        using var db = house.Open();
        db.Nodes.Add(new FleetNode
        {
            Id = traits.Name,
            Name = traits.Name,
            AreaId = area,
            PlanNumber = 1,
            LowData = lowData,
        });
        db.NodeKeys.Add(new StoredSecret { NodeId = traits.Name, ProtectedSecret = traits.Secret });
        db.SaveChanges();
    }

    /// <summary>
    /// An approved bulletin of noise: no two stretches of it are alike, so whoever hears a few samples knows where they are from.
    /// </summary>
    public long Record(int seconds)
    {
        using var db = house.Open();
        var bulletin = new Bulletin
        {
            Title = $"Bản tin {++_bulletins}",
            Length = TimeSpan.FromSeconds(seconds),
            Peaks = [],
            Hash = string.Empty,
            CreatedById = Officer.PersonId!,
            ApprovedAt = DateTimeOffset.UnixEpoch,
        };
        db.Bulletins.Add(bulletin);
        db.SaveChanges();
        var codecs = chance.Of(0.3) ? new[] { CodecId.ULaw8, CodecId.ULaw16 } : [CodecId.ULaw8];
        foreach (var codec in codecs)
        {
            var sound = Encode(codec, seconds);
            db.Objects.Add(
                new SoundObject
                {
                    Id = sound.Id,
                    BulletinId = bulletin.Id,
                    Codec = codec,
                    Bytes = sound.Codes.Length,
                    Samples = sound.Codes.Length
                });
        }

        db.SaveChanges();
        return bulletin.Id;
    }

    private Sound Encode(CodecId codec, int seconds)
    {
        var codes = chance.Bytes(seconds * (codec == CodecId.ULaw16 ? 2 * Rate : Rate));
        var layout = new ObjectLayout(codes.Length);
        var manifest = Enumerable.Range(0, layout.Pieces)
            .SelectMany(
                piece =>
                    ObjectHash.Digest(
                        codes.AsSpan(piece * ObjectLayout.PieceLength, layout.ChunkLength(layout.ManifestChunks + piece))
                            .ToArray()));
        var id = Hex.Encode(ObjectHash.Digest([.. manifest]));
        File.WriteAllBytes(Path.Combine(house.ObjectsFolder, id), codes);
        var sound = new Sound(id, codec, codes);
        house.Sounds[id] = sound;
        return sound;
    }
}
