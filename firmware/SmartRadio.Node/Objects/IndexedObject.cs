using SmartRadio.Protocol;

namespace SmartRadio.Node.Objects
{
    /// <summary>An object that the index knows.</summary>
    internal sealed class IndexedObject
    {
        public IndexedObject(string name, byte[] id, long neededUntil)
        {
            Name = name;
            Id = id;
            NeededUntil = neededUntil;
            NeededFrom = long.MaxValue;
        }

        public string Name { get; }

        public byte[] Id { get; }

        public long NeededUntil { get; set; }

        /// <summary>
        /// Unix milliseconds of the first start in the plan that needs it; <see cref="long.MaxValue"/> when none does.
        /// </summary>
        public long NeededFrom { get; set; }

        /// <summary>An emergency in the plan needs it.</summary>
        public bool IsUrgent { get; set; }

        public void Write(WireWriter writer)
        {
            writer.Bytes(Id);
            writer.I64(NeededUntil);
        }
    }
}
