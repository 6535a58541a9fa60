// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System.Collections
{
    public class ArrayList
    {
        public virtual int Count => throw null;

        public virtual object this[int index]
        {
            get => throw null;
            set => throw null;
        }

        public virtual int Add(object value) => throw null;

        public virtual void Clear() => throw null;

        public virtual object Clone() => throw null;

        public virtual void Insert(int index, object value) => throw null;

        public virtual void Remove(object value) => throw null;

        public virtual void RemoveAt(int index) => throw null;
    }
}
