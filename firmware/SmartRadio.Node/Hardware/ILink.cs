namespace SmartRadio.Node.Hardware
{
    /// <summary>The MQTT connection. Every call only enqueues and returns at once; off-line it does nothing.</summary>
    public interface ILink
    {
        /// <param name="topic">Full topic.</param>
        /// <param name="payload">The message; the link keeps the array.</param>
        /// <param name="atLeastOnce">QoS 1 instead of 0.</param>
        /// <param name="retain">The broker keeps the message for later subscribers.</param>
        void Publish(string topic, byte[] payload, bool atLeastOnce, bool retain);

        void Subscribe(string filter, bool atLeastOnce);

        void Unsubscribe(string filter);
    }
}
