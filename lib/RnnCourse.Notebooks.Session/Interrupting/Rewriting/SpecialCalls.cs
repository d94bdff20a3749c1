using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>The methods that are called in place of a builder's method that waits.</summary>
/// <param name="Awaiter">Makes the other awaiter from the one on the stack.</param>
/// <param name="Call">The builder's method for the other awaiter.</param>
internal readonly record struct AwaitTokens(int Awaiter, int Call);

/// <summary>Recognizes the calls in a cell's code that need more than a check: those of native code, and those by
/// which the state machine of an <c>async</c> method waits.</summary>
internal sealed class SpecialCalls
{
    private const int MemberRef = 0x0A;
    private const int MethodSpec = 0x2B;
    private const byte GenericInstance = 0x0A;
    private const byte ValueType = 0x11;
    private const byte ByReference = 0x10;
    private const byte GenericMethod = 0x10;
    private const byte MethodTypeVariable = 0x1E;

    private readonly MetadataReader _reader;
    private readonly MetadataTables _tables;
    private readonly Dictionary<int, AwaitTokens?> _awaits = [];
    private readonly ISet<string> _nativeMethods;
    private readonly int _engine;
    private readonly byte[] _awaiter;
    private uint _makeAwaiter;

    /// <summary>Prepares to read calls.</summary>
    /// <param name="reader">The metadata to which tokens refer.</param>
    /// <param name="tables">Where references are added.</param>
    /// <param name="engine">The row of the reference to <see cref="Interruption"/>.</param>
    /// <param name="awaiter">The row of the reference to <see cref="StoppableAwaiter"/>.</param>
    /// <param name="nativeMethods">The native methods that earlier cells declared; those of this one are
    /// added.</param>
    public SpecialCalls(
        MetadataReader reader,
        MetadataTables tables,
        int engine,
        int awaiter,
        ISet<string> nativeMethods
    )
    {
        const int IsTypeRef = 1;
        (_reader, _tables, _engine, _nativeMethods) = (reader, tables, engine, nativeMethods);
        var type = new List<byte> { ValueType };
        CompressedNumbers.Write(type, (awaiter << 2) | IsTypeRef);
        _awaiter = [.. type];
        foreach (var handle in reader.MethodDefinitions)
        {
            var method = reader.GetMethodDefinition(handle);
            if (IsNative(method))
            {
                nativeMethods.Add(NameOf(reader.GetTypeDefinition(method.GetDeclaringType()).Name, method.Name));
            }
        }
    }

    /// <summary>Whether an instruction calls native code.</summary>
    public bool IsNative(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Call:
                var called = MetadataTokens.EntityHandle(instruction.Operand);
                return called.Kind switch
                {
                    HandleKind.MethodDefinition => IsNative(
                        _reader.GetMethodDefinition((MethodDefinitionHandle)called)
                    ),
                    HandleKind.MemberReference => IsNative(_reader.GetMemberReference((MemberReferenceHandle)called)),
                    _ => false,
                };
            case ILOpCode.Calli:
                var signature = (StandaloneSignatureHandle)MetadataTokens.EntityHandle(instruction.Operand);
                return _reader
                    .GetBlobReader(_reader.GetStandaloneSignature(signature).Signature)
                    .ReadSignatureHeader()
                    .CallingConvention
                    is not (SignatureCallingConvention.Default or SignatureCallingConvention.VarArgs);
            default:
                return false;
        }
    }

    /// <summary>The methods to call in place of a builder's method that waits; null for all other calls.</summary>
    public AwaitTokens? AwaitOf(Instruction instruction)
    {
        if (instruction.Code != ILOpCode.Call || instruction.Operand >>> 24 != MethodSpec)
        {
            return null;
        }

        if (!_awaits.TryGetValue(instruction.Operand, out var known))
        {
            known = Make((MethodSpecificationHandle)MetadataTokens.EntityHandle(instruction.Operand));
            _awaits[instruction.Operand] = known;
        }

        return known;
    }

    private static bool IsNative(MethodDefinition method) => (method.Attributes & MethodAttributes.PinvokeImpl) != 0;

    // A method of another cell. The methods of libraries are not known here.
    private bool IsNative(MemberReference method) =>
        _nativeMethods.Count > 0
        && method.Parent is { Kind: HandleKind.TypeReference } type
        && _nativeMethods.Contains(NameOf(_reader.GetTypeReference((TypeReferenceHandle)type).Name, method.Name));

    private string NameOf(StringHandle type, StringHandle method) =>
        $"{_reader.GetString(type)}.{_reader.GetString(method)}";

    private AwaitTokens? Make(MethodSpecificationHandle handle)
    {
        var method = _reader.GetMethodSpecification(handle).Method;
        if (
            method.Kind != HandleKind.MemberReference
            || _reader.GetString(_reader.GetMemberReference((MemberReferenceHandle)method).Name)
                is not ("AwaitUnsafeOnCompleted" or "AwaitOnCompleted")
        )
        {
            return null;
        }

        // The types of the awaiter and of the state machine.
        var row = MetadataTokens.GetRowNumber(handle);
        var types = _tables.Get(MethodSpec, row, 1);
        var reader = _reader.GetBlobReader(_reader.GetMethodSpecification(handle).Signature);
        var whole = _tables.Blob(types);
        _ = reader.ReadByte();
        if (reader.ReadCompressedInteger() != 2)
        {
            return null;
        }

        SignatureTypes.Skip(ref reader);
        var call = _tables.Add(
            MethodSpec,
            _tables.Get(MethodSpec, row, 0),
            _tables.AddBlob([GenericInstance, 2, .. _awaiter, .. whole[reader.Offset..]])
        );
        return new AwaitTokens(
            (MethodSpec << 24) | _tables.Add(MethodSpec, MakeAwaiter(), types),
            (MethodSpec << 24) | call
        );
    }

    // Encoded as a choice between a method's definition and a reference to it.
    private uint MakeAwaiter()
    {
        const uint ParentIsTypeRef = 1;
        const uint IsMemberRef = 1;
        if (_makeAwaiter == 0)
        {
            var row = _tables.Add(
                MemberRef,
                ((uint)_engine << 3) | ParentIsTypeRef,
                _tables.AddString(nameof(Interruption.Await)),
                _tables.AddBlob([GenericMethod, 2, 1, ByReference, .. _awaiter, ByReference, MethodTypeVariable, 0])
            );
            _makeAwaiter = ((uint)row << 1) | IsMemberRef;
        }

        return _makeAwaiter;
    }
}

/// <summary>Types in signatures (ECMA-335, II.23.2.12).</summary>
internal static class SignatureTypes
{
    /// <summary>Reads past one type.</summary>
    public static void Skip(ref BlobReader reader)
    {
        switch ((SignatureTypeCode)reader.ReadCompressedInteger())
        {
            case SignatureTypeCode.OptionalModifier or SignatureTypeCode.RequiredModifier:
                _ = reader.ReadCompressedInteger();
                Skip(ref reader);
                break;
            case SignatureTypeCode.Pointer or SignatureTypeCode.ByReference or SignatureTypeCode.SZArray:
                Skip(ref reader);
                break;
            case (SignatureTypeCode)SignatureTypeKind.Class or (SignatureTypeCode)SignatureTypeKind.ValueType:
            case SignatureTypeCode.GenericTypeParameter or SignatureTypeCode.GenericMethodParameter:
                _ = reader.ReadCompressedInteger();
                break;
            case SignatureTypeCode.GenericTypeInstance:
                Skip(ref reader);
                SkipAll(ref reader, reader.ReadCompressedInteger());
                break;
            case SignatureTypeCode.Array:
                Skip(ref reader);
                _ = reader.ReadCompressedInteger();
                SkipNumbers(ref reader);
                SkipNumbers(ref reader);
                break;
            case SignatureTypeCode.FunctionPointer:
                SkipFunction(ref reader);
                break;
        }
    }

    private static void SkipFunction(ref BlobReader reader)
    {
        if (reader.ReadSignatureHeader().IsGeneric)
        {
            _ = reader.ReadCompressedInteger();
        }

        var parameters = reader.ReadCompressedInteger();
        SkipAll(ref reader, parameters + 1);
    }

    private static void SkipAll(ref BlobReader reader, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Skip(ref reader);
        }
    }

    private static void SkipNumbers(ref BlobReader reader)
    {
        for (var count = reader.ReadCompressedInteger(); count > 0; count--)
        {
            _ = reader.ReadCompressedInteger();
        }
    }
}
