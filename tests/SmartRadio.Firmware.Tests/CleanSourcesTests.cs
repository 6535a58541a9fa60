using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests;

public sealed class CleanSourcesTests
{
    [Fact]
    public void Source_that_the_device_runs_rightly_passes() => Assert.Empty(Checked.Snippet("""
        using System;
        using System.Collections;

        public enum Codec : byte { ULaw8 = 1, Ima8 = 2 }

        [Flags]
        public enum Wires { None = 0, Red = 1, Black = 2 }

        public interface ISound { int Render(short[] samples, int offset, int count); }

        public sealed class Tone : ISound
        {
            private readonly short[] _steps = { 7, 8, 9, 10, 11, -12 };
            private readonly int[][] _tables = { new int[3], new int[4] };
            private readonly ArrayList _heard = new ArrayList();
            private long _phase;

            public string Name { get; set; }

            public int Render(short[] samples, int offset, int count)
            {
                for (int i = 0; i < count; i++)
                {
                    _phase += _steps[i % _steps.Length];
                    samples[offset + i] = (short)(_phase >> 3);
                }

                _heard.Add(count);
                return _tables[1][0];
            }

            public short this[int index] => _steps[index];

            [Obsolete("Left to show an attribute.")]
            public static int Sum(params int[] values)
            {
                int sum = 0;
                foreach (int value in values)
                {
                    sum += value;
                }

                return sum;
            }

            public static string Describe(Codec codec) => codec switch
            {
                Codec.ULaw8 => "u",
                Codec.Ima8 => "i" + "m" + codec,
                _ => throw new Exception(),
            };

            public bool Try(object o)
            {
                try
                {
                    return o is Tone { Name: "x" } tone && tone._phase > 0;
                }
                catch (Exception)
                {
                    return false;
                }
                finally
                {
                    _phase = 0;
                }
            }
        }
        """));
}
