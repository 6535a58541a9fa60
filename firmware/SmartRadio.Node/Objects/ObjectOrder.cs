namespace SmartRadio.Node
{
    /// <summary>An object that the plan needs and how far the fetching of it has come.</summary>
    public sealed class ObjectOrder
    {
        public ObjectOrder(ObjectFetch fetch, ChunkAsking asking)
        {
            Fetch = fetch;
            Asking = asking;
            HasRoom = true;
        }

        public ObjectFetch Fetch { get; }

        public ChunkAsking Asking { get; }

        public bool IsSubscribed { get; set; }

        /// <summary>False when the storage is too full for it.</summary>
        public bool HasRoom { get; set; }
    }
}
