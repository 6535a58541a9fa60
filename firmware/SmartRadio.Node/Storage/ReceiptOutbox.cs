using System;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Storage
{
    /// <summary>
    /// Receipts not yet acknowledged, in the order of their numbers, kept as the bytes that are stored and sent: as objects a
    /// thousand of them took the device 84 KB, and half a million instructions each time they were stored.
    /// </summary>
    public sealed class ReceiptOutbox
    {
        /// <summary>Bound of the outbox: over a week without link at forty broadcasts a day. The oldest go first.</summary>
        public const int Capacity = 1000;

        private const int FirstSlots = 16;

        /// <summary>Receipts of <see cref="Receipt.Length"/> bytes each, from <see cref="_first"/> on and round.</summary>
        private byte[] _ring = new byte[FirstSlots * Receipt.Length];
        private int _slots = FirstSlots;
        private int _first;
        private long _lastNumber;

        public int Count { get; private set; }

        /// <summary>Number of the newest receipt ever made.</summary>
        public long LastNumber
        {
            get { return _lastNumber; }
        }

        /// <summary>Another number after each change.</summary>
        public int Changes { get; private set; }

        public void Add(Receipt receipt)
        {
            _lastNumber++;
            receipt.Number = _lastNumber;
            if (Count == Capacity)
            {
                _first = SlotOf(1);
                Count--;
            }
            else if (Count == _slots)
            {
                Grow();
            }

            WireWriter writer = new WireWriter(Receipt.Length);
            receipt.Write(writer);
            Array.Copy(writer.ToArray(), 0, _ring, SlotOf(Count) * Receipt.Length, Receipt.Length);
            Count++;
            Changes++;
        }

        /// <summary>Forgets what the controller has stored; true when something was forgotten.</summary>
        public bool Remove(long first, long last)
        {
            int kept = CountThrough(first - 1);
            int removed = CountThrough(last) - kept;
            if (removed <= 0)
            {
                return false;
            }

            // What is older moves up into the gap; mostly there is nothing older.
            for (int i = kept - 1; i >= 0; i--)
            {
                Array.Copy(
                    _ring, SlotOf(i) * Receipt.Length, _ring, SlotOf(i + removed) * Receipt.Length, Receipt.Length);
            }

            _first = SlotOf(removed);
            Count -= removed;
            Changes++;
            return true;
        }

        /// <summary>How many receipts have numbers up to <paramref name="last"/>.</summary>
        public int CountThrough(long last)
        {
            int low = 0;
            int high = Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (NumberAt(middle) <= last)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        /// <summary>
        /// The body of a <see cref="ReceiptReport"/>: up to <see cref="ReceiptReport.MaxReceipts"/> receipts with consecutive
        /// numbers above <paramref name="after"/>; null when there is none.
        /// </summary>
        public byte[] Next(long after)
        {
            int start = CountThrough(after);
            int most = Count - start < ReceiptReport.MaxReceipts ? Count - start : ReceiptReport.MaxReceipts;
            if (most <= 0)
            {
                return null;
            }

            int count = Consecutive(start, most);
            WireWriter writer = new WireWriter(1 + (count * Receipt.Length));
            writer.U8(count);
            Write(writer, start, count);
            return writer.ToArray();
        }

        /// <summary>Moves all numbers up, so that the first comes after <paramref name="last"/>.</summary>
        public void Resume(long last)
        {
            _lastNumber += last;
            for (int i = 0; i < Count; i++)
            {
                WireWriter writer = new WireWriter(4);
                writer.U32(NumberAt(i) + last);
                Array.Copy(writer.ToArray(), 0, _ring, SlotOf(i) * Receipt.Length, 4);
            }

            Changes++;
        }

        public void Write(WireWriter writer)
        {
            writer.U32(_lastNumber);
            writer.U16(Count);
            Write(writer, 0, Count);
        }

        public void Read(WireReader reader)
        {
            _lastNumber = reader.U32();
            int count = reader.U16();
            byte[] receipts = reader.Bytes(count * Receipt.Length);
            if (reader.Failed || count == 0)
            {
                return;
            }

            _ring = receipts;
            _slots = count;
            _first = 0;
            Count = count;
            Changes++;
        }

        /// <summary>How many of so many from there on have numbers without a gap. They rise, so the last tells of all.</summary>
        private int Consecutive(int start, int most)
        {
            long first = NumberAt(start);
            int count = 1;
            int over = most + 1;
            for (int tried = most; over - count > 1; tried = (count + over) / 2)
            {
                if (NumberAt(start + tried - 1) == first + tried - 1)
                {
                    count = tried;
                }
                else
                {
                    over = tried;
                }
            }

            return count;
        }

        private int SlotOf(int index)
        {
            int slot = _first + index;
            return slot < _slots ? slot : slot - _slots;
        }

        /// <summary>The number stands first in a receipt.</summary>
        private long NumberAt(int index)
        {
            return new WireReader(_ring, SlotOf(index) * Receipt.Length, 4).U32();
        }

        private void Write(WireWriter writer, int start, int count)
        {
            int slot = SlotOf(start);
            int straight = _slots - slot < count ? _slots - slot : count;
            writer.Bytes(_ring, slot * Receipt.Length, straight * Receipt.Length);
            writer.Bytes(_ring, 0, (count - straight) * Receipt.Length);
        }

        private void Grow()
        {
            int slots = _slots * 2 < Capacity ? _slots * 2 : Capacity;
            WireWriter writer = new WireWriter(slots * Receipt.Length);
            Write(writer, 0, Count);
            byte[] larger = new byte[slots * Receipt.Length];
            Array.Copy(writer.ToArray(), 0, larger, 0, writer.Length);
            _ring = larger;
            _slots = slots;
            _first = 0;
        }
    }
}
