namespace SmartRadio.Node.Objects
{
    /// <summary>An object that the plan needs and how far the fetching of it has come.</summary>
    public sealed class ObjectRequest
    {
        public ObjectRequest(ObjectFetch fetch, ChunkAsking asking)
        {
            Fetch = fetch;
            Asking = asking;
            HasRoom = true;
        }

        public ObjectFetch Fetch { get; }

        public ChunkAsking Asking { get; }

        /// <summary>An emergency needs it.</summary>
        public bool IsUrgent { get; set; }

        public bool IsSubscribed { get; set; }

        /// <summary>It was complete when it was last looked at.</summary>
        public bool WasComplete { get; set; }

        /// <summary>False when the storage is too full for it.</summary>
        public bool HasRoom { get; set; }
    }
}
