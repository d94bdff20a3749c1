using System.Buffers.Binary;
using System.Reflection.Metadata;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>One instruction of a method as the compiler wrote it.</summary>
/// <param name="Code">Its operation code.</param>
/// <param name="Offset">Its offset in the method.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Operand">Its operand if that has four bytes, such as a token; otherwise 0.</param>
/// <param name="Targets">The offsets of its branch targets.</param>
internal sealed record Instruction(ILOpCode Code, int Offset, int Length, int Operand, int[] Targets)
{
    private static readonly int[] Nowhere = [];

    /// <summary>Reads a method's code.</summary>
    public static List<Instruction> ReadAll(ReadOnlySpan<byte> code)
    {
        var instructions = new List<Instruction>();
        for (var offset = 0; offset < code.Length; )
        {
            var instruction = Read(code, offset);
            instructions.Add(instruction);
            offset += instruction.Length;
        }

        return instructions;
    }

    private static Instruction Read(ReadOnlySpan<byte> code, int offset)
    {
        var wide = code[offset] == 0xFE;
        var opcode = (ILOpCode)(wide ? 0xFE00 | code[offset + 1] : code[offset]);
        var operand = offset + (wide ? 2 : 1);
        if (opcode == ILOpCode.Switch)
        {
            var targets = new int[I32(code, operand)];
            var end = operand + 4 + (4 * targets.Length);
            for (var i = 0; i < targets.Length; i++)
            {
                targets[i] = end + I32(code, operand + 4 + (4 * i));
            }

            return new Instruction(opcode, offset, end - offset, 0, targets);
        }

        var size = OperandSize(opcode);
        var next = operand + size;
        var value = size == 4 ? I32(code, operand) : 0;
        int[] branch = opcode.IsBranch() ? [next + (size == 1 ? (sbyte)code[operand] : value)] : Nowhere;
        return new Instruction(opcode, offset, next - offset, value, branch);
    }

    private static int I32(ReadOnlySpan<byte> code, int at) => BinaryPrimitives.ReadInt32LittleEndian(code[at..]);

    // ECMA-335, III.
    private static int OperandSize(ILOpCode code) =>
        code switch
        {
            _ when code.IsBranch() => code.GetBranchOperandSize(),
            >= ILOpCode.Ldarg_s and <= ILOpCode.Stloc_s or ILOpCode.Ldc_i4_s => 1,
            ILOpCode.Unaligned or (ILOpCode)0xFE19 => 1,
            >= ILOpCode.Ldarg and <= ILOpCode.Stloc => 2,
            ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8 => 8,
            ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 => 4,
            >= ILOpCode.Jmp and <= ILOpCode.Calli => 4,
            >= ILOpCode.Callvirt and <= ILOpCode.Isinst and not ILOpCode.Conv_r_un => 4,
            >= ILOpCode.Ldfld and <= ILOpCode.Stobj or ILOpCode.Unbox => 4,
            ILOpCode.Box or ILOpCode.Newarr or ILOpCode.Ldelema => 4,
            ILOpCode.Ldelem or ILOpCode.Stelem or ILOpCode.Unbox_any => 4,
            ILOpCode.Refanyval or ILOpCode.Mkrefany or ILOpCode.Ldtoken => 4,
            ILOpCode.Ldftn or ILOpCode.Ldvirtftn => 4,
            ILOpCode.Initobj or ILOpCode.Constrained or ILOpCode.Sizeof => 4,
            _ => 0,
        };
}
