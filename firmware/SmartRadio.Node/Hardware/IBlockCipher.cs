namespace SmartRadio.Node.Hardware
{
    /// <summary>
    /// AES-128 on single blocks, of which <see cref="SmartRadio.Protocol.KeyWrap"/> makes counter mode; a seam because the
    /// device's and .NET's AES classes have no member in common.
    /// </summary>
    public interface IBlockCipher
    {
        /// <param name="key">16 bytes.</param>
        /// <param name="blocks">Blocks of 16 bytes, no two alike.</param>
        byte[] Encrypt(byte[] key, byte[] blocks);
    }
}
