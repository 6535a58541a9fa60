using nanoFramework.Runtime.Native;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>Starts the device again, and with it the loader.</summary>
    public sealed class Reboot : IRestart
    {
        public void Restart()
        {
            Power.RebootDevice(RebootOption.NormalReboot);
        }
    }
}
