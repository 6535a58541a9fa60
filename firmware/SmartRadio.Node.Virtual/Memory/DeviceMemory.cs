using System.Collections;
using System.Reflection;
using System.Text;

namespace SmartRadio.Node.Virtual.Memory;

/// <summary>
/// What objects take on the device's heap, by its rules: everything is made of blocks of 12 bytes, a head and one for each
/// field; an array has a head, its values, and for each reference a block.
/// </summary>
internal static class DeviceMemory
{
    private const int Block = 12;

    /// <summary>Bytes of an object and of all that it leads to within the node's own assemblies.</summary>
    public static long Of(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object>([root]);
        var bytes = 0L;
        while (waiting.TryPop(out var found))
        {
            if (seen.Add(found))
            {
                bytes += Sized(found, waiting);
            }
        }

        return bytes;
    }

    private static long Sized(object found, Stack<object> waiting)
    {
        switch (found)
        {
            case string text:
                // What is written in the program stays in its flash.
                return string.IsInterned(text) is null ? Block + Blocks(Encoding.UTF8.GetByteCount(text) + 1) : Block;

            case ArrayList list:
                var items = new object?[list.Capacity];
                list.CopyTo(items);
                waiting.Push(items);
                return Block * 3;

            case Array array when array.GetType().GetElementType() is { IsPrimitive: true } or { IsEnum: true }:
                return Block + Blocks(Buffer.ByteLength(array));

            case Array array:
                Push(array, waiting);
                return Block + (Block * array.Length);
        }

        if (!IsOurs(found.GetType()))
        {
            return 0;
        }

        var fields = Fields(found.GetType()).ToList();
        Push(fields.Where(field => !field.FieldType.IsValueType).Select(field => field.GetValue(found)), waiting);
        return Block + (Block * fields.Count);
    }

    private static void Push(IEnumerable values, Stack<object> waiting)
    {
        foreach (var value in values)
        {
            if (value is not null)
            {
                waiting.Push(value);
            }
        }
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(own))
            {
                yield return field;
            }
        }
    }

    /// <summary>Files, clock and link are the host's; on the device others stand there.</summary>
    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(LoudspeakerNode).Assembly || type.Assembly == typeof(Protocol.Envelope).Assembly;

    private static int Blocks(int bytes) => (bytes + Block - 1) / Block * Block;
}
