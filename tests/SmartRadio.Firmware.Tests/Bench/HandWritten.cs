using System.Reflection;
using System.Reflection.Emit;

namespace SmartRadio.Firmware.Tests.Bench;

/// <summary>
/// Assemblies with one method of a given instruction. They are never loaded, so the method need not make sense.
/// </summary>
internal static class HandWritten
{
    public static byte[] Method(string opcode)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("HandWritten"), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("HandWritten").DefineType("C", TypeAttributes.Public);
        var method = type.DefineMethod("F", MethodAttributes.Public | MethodAttributes.Static, typeof(void), []);
        var il = method.GetILGenerator();
        for (var i = 0; i < 3; i++)
        {
            il.Emit(OpCodes.Ldc_I4_0);
        }

        Emit(il, Find(opcode), method);
        il.Emit(OpCodes.Ret);
        type.CreateType();
        using var image = new MemoryStream();
        assembly.Save(image);
        return image.ToArray();
    }

    private static void Emit(ILGenerator il, OpCode opcode, MethodInfo self)
    {
        switch (opcode.OperandType)
        {
            case OperandType.InlineMethod:
                il.Emit(opcode, self);
                break;
            case OperandType.ShortInlineI:
                il.Emit(opcode, (byte)1);
                break;
            default:
                il.Emit(opcode);
                break;
        }
    }

    private static OpCode Find(string name) => typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .Single(opcode => opcode.Name == name);
}
