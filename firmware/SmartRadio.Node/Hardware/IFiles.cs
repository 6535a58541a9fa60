namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// The node's storage: one flat folder. Nothing throws; a failure is a false, a null or a short count. What was written is
    /// on the medium when the call returns, and power may be cut inside any call: a file may then hold any part of the bytes.
    /// </summary>
    public interface IFiles
    {
        /// <summary>Bytes that can still be written.</summary>
        long FreeBytes { get; }

        /// <summary>Size of the storage in bytes.</summary>
        long TotalBytes { get; }

        string[] List();

        /// <summary>A small file's whole content, or null when there is none.</summary>
        byte[] Read(string name);

        /// <summary>Creates or truncates the file and writes it; not atomic.</summary>
        bool Write(string name, byte[] content);

        /// <summary>Fills the buffer from a place in the file; returns how many bytes there were.</summary>
        int ReadAt(string name, long position, byte[] buffer, int count);

        /// <summary>
        /// Writes at a place in the file, which is made, and grown, when needed. May be on the medium only when the next call of
        /// another kind has returned.
        /// </summary>
        bool WriteAt(string name, long position, byte[] content);

        void Delete(string name);
    }
}
