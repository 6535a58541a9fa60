using System;
using System.IO;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.System.IO.FileSystem;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Esp32.Storage
{
    /// <summary>
    /// The card on SPI bus 2, which becomes drive D:. The firmware mounts none by itself. A mounted card stays in the
    /// library's own list, so it need not be kept here; that list also refuses a second one for the same slot, so one that
    /// does not answer is given back.
    /// </summary>
    public sealed class SdCard : ICard
    {
        /// <summary>Counted from 1: the chip's SPI3.</summary>
        private const uint Bus = 2;

        /// <summary>Milliseconds between two attempts.</summary>
        private const int Pause = 500;

        public bool Mount()
        {
            if (IsThere())
            {
                // The loader mounted it for the program.
                return true;
            }

            SDCard card = null;
            try
            {
                Configuration.SetPinFunction(Pins.ToCard, DeviceFunction.SPI2_MOSI);
                Configuration.SetPinFunction(Pins.FromCard, DeviceFunction.SPI2_MISO);
                Configuration.SetPinFunction(Pins.CardClock, DeviceFunction.SPI2_CLOCK);
                SDCardSpiParameters wires = new SDCardSpiParameters();
                wires.spiBus = Bus;
                wires.chipSelectPin = Pins.CardSelect;
                card = new SDCard(wires);
                card.Mount();
                return true;
            }
            catch (Exception)
            {
                GiveBack(card);
                return false;
            }
        }

        public void Rest()
        {
            Thread.Sleep(Pause);
        }

        private static bool IsThere()
        {
            try
            {
                return new DriveInfo(FlashFiles.Card).TotalSize > 0;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private static void GiveBack(SDCard card)
        {
            try
            {
                if (card != null)
                {
                    card.Dispose();
                }
            }
            catch (Exception)
            {
                // Then the next attempt fails too, and that is said.
            }
        }
    }
}
