using System;
using System.Device.Gpio;
using System.Device.Spi;
using nanoFramework.Hardware.Esp32;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Sound.Vs1053;

namespace SmartRadio.Node.Esp32.Sound.Vs1053
{
    /// <summary>
    /// The chip on SPI bus 1: two select lines, one for commands and one for data, and both speeds the chip allows (README.md).
    /// </summary>
    public sealed class Vs1053Wires : IVs1053Wires
    {
        private const int Bus = 1;

        /// <summary>
        /// Hertz. Commands are read back at a seventh of the chip's clock at most, which is 12.288 MHz until it is set.
        /// </summary>
        private const int CommandClock = 1000000;

        /// <summary>Hertz. Data may come at a quarter of 43 MHz.</summary>
        private const int DataClock = 8000000;

        private readonly GpioPin _ready;
        private readonly GpioPin _reset;
        private readonly SpiDevice _commands;
        private readonly SpiDevice _data;

        public Vs1053Wires()
        {
            GpioController pins = new GpioController();
            _ready = pins.OpenPin(Pins.Vs1053Ready, PinMode.Input);
            _reset = pins.OpenPin(Pins.Vs1053Reset, PinMode.Output);
            Configuration.SetPinFunction(Pins.SpiClock, DeviceFunction.SPI1_CLOCK);
            Configuration.SetPinFunction(Pins.SpiToChip, DeviceFunction.SPI1_MOSI);
            Configuration.SetPinFunction(Pins.SpiFromChip, DeviceFunction.SPI1_MISO);
            _commands = Device(Pins.Vs1053Commands, CommandClock);
            _data = Device(Pins.Vs1053Data, DataClock);
        }

        public bool IsReady
        {
            get { return _ready.Read() == PinValue.High; }
        }

        public void Reset(bool held)
        {
            _reset.Write(held ? PinValue.Low : PinValue.High);
        }

        public void Command(byte[] sent, byte[] received)
        {
            _commands.TransferFullDuplex(new SpanByte(sent, 0, sent.Length), new SpanByte(received, 0, received.Length));
        }

        public void Data(byte[] bytes, int offset, int count)
        {
            _data.Write(new SpanByte(bytes, offset, count));
        }

        private static SpiDevice Device(int selectPin, int clock)
        {
            SpiConnectionSettings settings = new SpiConnectionSettings(Bus, selectPin);
            settings.Mode = SpiMode.Mode0;
            settings.ClockFrequency = clock;
            return SpiDevice.Create(settings);
        }
    }
}
