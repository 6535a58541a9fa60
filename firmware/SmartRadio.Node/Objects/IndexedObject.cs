namespace SmartRadio.Node.Objects
{
    /// <summary>An object that the index knows.</summary>
    internal sealed class IndexedObject
    {
        private string _name;

        public IndexedObject(byte[] id, long neededUntil)
        {
            Id = id;
            NeededUntil = neededUntil;
            NeededFrom = long.MaxValue;
        }

        /// <summary>Of its file; made when first asked for: the names of a new plan's objects took a third of a slice.</summary>
        public string Name
        {
            get
            {
                if (_name == null)
                {
                    _name = PieceFile.NameOf(Id);
                }

                return _name;
            }
        }

        public byte[] Id { get; }

        public long NeededUntil { get; set; }

        /// <summary>
        /// Unix milliseconds of the first start in the plan that needs it; <see cref="long.MaxValue"/> when none does.
        /// </summary>
        public long NeededFrom { get; set; }

        /// <summary>An emergency in the plan needs it.</summary>
        public bool IsUrgent { get; set; }
    }
}
