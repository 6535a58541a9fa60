using System.Collections;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Storage
{
    /// <summary>Receipts not yet acknowledged, in the order of their numbers.</summary>
    public sealed class ReceiptOutbox
    {
        /// <summary>Bound of the outbox: over a week without link at forty broadcasts a day. The oldest go first.</summary>
        public const int Capacity = 1000;

        private readonly ArrayList _receipts = new ArrayList();
        private long _lastNumber;

        public int Count
        {
            get { return _receipts.Count; }
        }

        /// <summary>Number of the newest receipt ever made.</summary>
        public long LastNumber
        {
            get { return _lastNumber; }
        }

        public void Add(Receipt receipt)
        {
            _lastNumber++;
            receipt.Number = _lastNumber;
            if (_receipts.Count == Capacity)
            {
                _receipts.RemoveAt(0);
            }

            _receipts.Add(receipt);
        }

        /// <summary>Forgets what the controller has stored; true when something was forgotten.</summary>
        public bool Remove(long first, long last)
        {
            int before = _receipts.Count;
            for (int i = before - 1; i >= 0; i--)
            {
                long number = ((Receipt)_receipts[i]).Number;
                if (number >= first && number <= last)
                {
                    _receipts.RemoveAt(i);
                }
            }

            return _receipts.Count != before;
        }

        /// <summary>How many receipts have numbers up to <paramref name="last"/>.</summary>
        public int CountThrough(long last)
        {
            int count = 0;
            while (count < _receipts.Count && ((Receipt)_receipts[count]).Number <= last)
            {
                count++;
            }

            return count;
        }

        /// <summary>
        /// Up to <see cref="ReceiptReport.MaxReceipts"/> receipts with consecutive numbers above <paramref name="after"/>, or
        /// null.
        /// </summary>
        public Receipt[] Next(long after)
        {
            int start = CountThrough(after);
            int count = 0;
            while (start + count < _receipts.Count && count < ReceiptReport.MaxReceipts
                && ((Receipt)_receipts[start + count]).Number == ((Receipt)_receipts[start]).Number + count)
            {
                count++;
            }

            if (count == 0)
            {
                return null;
            }

            Receipt[] result = new Receipt[count];
            for (int i = 0; i < count; i++)
            {
                result[i] = (Receipt)_receipts[start + i];
            }

            return result;
        }

        /// <summary>Moves all numbers up, so that the first comes after <paramref name="last"/>.</summary>
        public void Resume(long last)
        {
            _lastNumber += last;
            for (int i = 0; i < _receipts.Count; i++)
            {
                ((Receipt)_receipts[i]).Number += last;
            }
        }

        public void Write(WireWriter writer)
        {
            writer.U32(_lastNumber);
            writer.U16(_receipts.Count);
            for (int i = 0; i < _receipts.Count; i++)
            {
                ((Receipt)_receipts[i]).Write(writer);
            }
        }

        public void Read(WireReader reader)
        {
            _lastNumber = reader.U32();
            int count = reader.U16();
            for (int i = 0; i < count && !reader.Failed; i++)
            {
                _receipts.Add(Receipt.Read(reader));
            }
        }
    }
}
