namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// AES-256-ECB without padding; a seam because the device's and .NET's AES classes have no member in common.
    /// </summary>
    public interface IBlockCipher
    {
        /// <param name="key">32 bytes.</param>
        /// <param name="data">A multiple of 16 bytes.</param>
        byte[] Decrypt(byte[] key, byte[] data);
    }
}
