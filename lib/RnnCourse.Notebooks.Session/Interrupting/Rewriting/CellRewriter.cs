using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>
/// Inserts checks for an interrupt into a compiled cell. The image stays as the compiler wrote
/// it; the methods with checks, and the metadata that refers to them, are appended. So every token, and everything
/// except the code, stays unchanged.
/// </summary>
/// <remarks>
/// A library that rewrites whole images (Mono.Cecil) took 90 ms for the first cell of a process, while the framework's
/// metadata reader is already precompiled; and it was four times as slow for later cells.
/// </remarks>
internal static class CellRewriter
{
    private const int TypeRef = 0x01;
    private const int MethodDef = 0x06;
    private const int MemberRef = 0x0A;
    private const int StandAloneSig = 0x11;
    private const int AssemblyRef = 0x23;
    private const int MethodSpec = 0x2B;

    private static readonly byte[] ReferenceToBoolean = [0x10, 0x02];
    private static readonly byte[] BooleanField = [0x06, 0x02];
    private static readonly byte[] StaticAction = [0x00, 0x00, 0x01];
    private static readonly byte[] StaticReference = [0x00, 0x00, .. ReferenceToBoolean];
    private static readonly byte[] StaticObject = [0x00, 0x00, 0x1C];
    private static readonly byte[] StaticTest = [0x00, 0x01, 0x02, 0x1C];
    private static readonly byte[] StaticCondition = [0x00, 0x00, 0x02];
    private static readonly byte[] StaticExchange = [0x00, 0x01, 0x1C, 0x1C];

    /// <summary>Inserts checks into a cell.</summary>
    /// <param name="code">Its image.</param>
    /// <param name="symbols">Its symbols, a portable PDB.</param>
    /// <param name="nativeMethods">The native methods that earlier cells declared; those of this one are
    /// added.</param>
    /// <returns>Both, with checks.</returns>
    public static (byte[] Code, byte[] Symbols) Rewrite(byte[] code, byte[] symbols, ISet<string> nativeMethods)
    {
        using var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(code));
        using var symbolsOwner = MetadataReaderProvider.FromPortablePdbImage(
            ImmutableCollectionsMarshal.AsImmutableArray(symbols)
        );
        var reader = image.GetMetadataReader();
        var tables = new MetadataTables(image.GetMetadata().GetContent().AsSpan());
        var symbolRewriter = new SymbolRewriter(symbols, symbolsOwner.GetMetadataReader());
        var (type, awaiter) = AddTypes(tables);
        var tokens = AddMembers(tables, type);
        var names = new StateMachineNames(reader);
        var calls = new SpecialCalls(reader, tables, type, awaiter, nativeMethods);

        var section = ImageSection.AppendedTo(image.PEHeaders, code.Length);
        var bodies = new BlobBuilder();
        var encoder = new MethodBodyStreamEncoder(bodies);
        foreach (var handle in reader.MethodDefinitions)
        {
            var method = reader.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            var body = image.GetMethodBody(method.RelativeVirtualAddress);
            var resumes = symbolRewriter.ResumesOf(handle);
            var plan = new MethodPlan(
                KindOf(reader, method, resumes),
                resumes.IsDefault ? [] : resumes,
                (method.Attributes & MethodAttributes.Virtual) != 0
            );
            var rewritten = MethodRewriter.Rewrite(body, CountVariables(reader, body), plan, tokens, names, calls);
            var variables = rewritten.HasFlag ? AddFlag(tables, reader, body.LocalSignature) : body.LocalSignature;
            symbolRewriter.Move(handle, rewritten.Map, variables);
            var offset = Write(encoder, body, variables, rewritten);
            tables.Set(MethodDef, MetadataTokens.GetRowNumber(handle), 0, (uint)(section.Address + offset));
        }

        symbolRewriter.SetRows(TypeRef, tables.Count(TypeRef));
        symbolRewriter.SetRows(MemberRef, tables.Count(MemberRef));
        symbolRewriter.SetRows(StandAloneSig, tables.Count(StandAloneSig));
        symbolRewriter.SetRows(MethodSpec, tables.Count(MethodSpec));
        symbolRewriter.SetRows(AssemblyRef, tables.Count(AssemblyRef));
        return (section.AppendTo(code, bodies.ToArray(), tables.ToArray()), symbolRewriter.ToArray());
    }

    private static MethodKind KindOf(MetadataReader reader, MethodDefinition method, ImmutableArray<int> resumes)
    {
        if (!resumes.IsDefault)
        {
            return MethodKind.AsyncMachine;
        }

        if (IsCalledByNativeCode(reader, method))
        {
            return MethodKind.NativeCallback;
        }

        var name = reader.GetString(method.Name);
        return name switch
        {
            // A type whose static constructor is interrupted could never be used again.
            ".cctor" => reader.GetString(reader.GetTypeDefinition(method.GetDeclaringType()).Name) == "<>c"
                ? MethodKind.Trivial
                : MethodKind.Cleanup,
            "MoveNext" when IsAsyncMachine(reader, method.GetDeclaringType()) => MethodKind.AsyncMachine,
            "MoveNext" => MethodKind.Iterator,
            _ when name.StartsWith("<>m__Finally", StringComparison.Ordinal) => MethodKind.Cleanup,
            // Library code calls it in its own finally blocks.
            _ when IsNamed(name, "Dispose") => MethodKind.Cleanup,
            _ when IsNamed(name, "DisposeAsync") => MethodKind.AsyncCleanup,
            // Called by the builders of tasks. An exception thrown there reaches nobody, and the task never ends.
            _ when IsNamed(name, "OnCompleted") || IsNamed(name, "UnsafeOnCompleted") => MethodKind.Cleanup,
            _ when IsAsyncMachine(reader, method.GetDeclaringType()) => MethodKind.Trivial,
            _ => MethodKind.Ordinary,
        };
    }

    private static bool IsCalledByNativeCode(MetadataReader reader, MethodDefinition method) =>
        method
            .GetCustomAttributes()
            .Any(handle =>
                reader.GetCustomAttribute(handle).Constructor is { Kind: HandleKind.MemberReference } constructor
                && reader.GetMemberReference((MemberReferenceHandle)constructor).Parent
                    is { Kind: HandleKind.TypeReference } type
                && reader.StringComparer.Equals(
                    reader.GetTypeReference((TypeReferenceHandle)type).Name,
                    "UnmanagedCallersOnlyAttribute"
                )
            );

    private static bool IsNamed(string name, string last) =>
        name.EndsWith(last, StringComparison.Ordinal)
        && (name.Length == last.Length || name[^(last.Length + 1)] == '.');

    // A method without an await isn't listed in the symbols.
    private static bool IsAsyncMachine(MetadataReader reader, TypeDefinitionHandle type)
    {
        foreach (var handle in reader.GetTypeDefinition(type).GetInterfaceImplementations())
        {
            var implemented = reader.GetInterfaceImplementation(handle).Interface;
            if (
                implemented.Kind == HandleKind.TypeReference
                && reader.StringComparer.Equals(
                    reader.GetTypeReference((TypeReferenceHandle)implemented).Name,
                    "IAsyncStateMachine"
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    private static int CountVariables(MetadataReader reader, MethodBodyBlock body)
    {
        if (body.LocalSignature.IsNil)
        {
            return 0;
        }

        var signature = reader.GetBlobReader(reader.GetStandaloneSignature(body.LocalSignature).Signature);
        _ = signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }

    // The method's own variables, followed by a reference to a boolean.
    private static StandaloneSignatureHandle AddFlag(
        MetadataTables tables,
        MetadataReader reader,
        StandaloneSignatureHandle variables
    )
    {
        const byte Variables = 0x07;
        var count = 0;
        byte[] types = [];
        if (!variables.IsNil)
        {
            var signature = reader.GetBlobReader(reader.GetStandaloneSignature(variables).Signature);
            _ = signature.ReadSignatureHeader();
            count = signature.ReadCompressedInteger();
            types = signature.ReadBytes(signature.RemainingBytes);
        }

        var result = new List<byte> { Variables };
        CompressedNumbers.Write(result, count + 1);
        result.AddRange(types);
        result.AddRange(ReferenceToBoolean);
        return MetadataTokens.StandaloneSignatureHandle(tables.Add(StandAloneSig, tables.AddBlob([.. result])));
    }

    private static (int Type, int Awaiter) AddTypes(MetadataTables tables)
    {
        var engine = typeof(Interruption).Assembly.GetName();
        var assembly = Enumerable
            .Range(1, tables.Count(AssemblyRef))
            .FirstOrDefault(row => tables.String(tables.Get(AssemblyRef, row, 6)) == engine.Name);
        if (assembly == 0)
        {
            var version = engine.Version!;
            assembly = tables.Add(
                AssemblyRef,
                (uint)version.Major,
                (uint)version.Minor,
                (uint)Math.Max(0, version.Build),
                (uint)Math.Max(0, version.Revision),
                0,
                0,
                tables.AddString(engine.Name!),
                0,
                0
            );
        }

        const uint ScopeIsAssembly = 2;
        var space = tables.AddString(typeof(Interruption).Namespace!);
        int Add(string name) =>
            tables.Add(TypeRef, ((uint)assembly << 2) | ScopeIsAssembly, tables.AddString(name), space);
        return (Add(nameof(Interruption)), Add(nameof(StoppableAwaiter)));
    }

    private static InterruptCheckTokens AddMembers(MetadataTables tables, int type)
    {
        const uint ParentIsTypeRef = 1;
        var action = tables.AddBlob(StaticAction);
        var flag = tables.AddBlob(StaticReference);
        int Add(string name, uint signature) =>
            (MemberRef << 24)
            | tables.Add(MemberRef, ((uint)type << 3) | ParentIsTypeRef, tables.AddString(name), signature);
        return new InterruptCheckTokens(
            Add(nameof(Interruption.IsPending), tables.AddBlob(BooleanField)),
            Add(nameof(Interruption.ThrowIfInterrupted), action),
            Add(nameof(Interruption.Enter), action),
            Add(nameof(Interruption.Flag), flag),
            Add(nameof(Interruption.Begin), flag),
            Add(nameof(Interruption.Stop), tables.AddBlob(StaticObject)),
            Add(nameof(Interruption.EnterFinally), action),
            Add(nameof(Interruption.LeaveFinally), action),
            Add(nameof(Interruption.EnterAsyncFinally), action),
            Add(nameof(Interruption.LeaveAsyncFinally), action),
            Add(nameof(Interruption.EnterNative), action),
            Add(nameof(Interruption.LeaveNative), action),
            Add(nameof(Interruption.MayCatch), tables.AddBlob(StaticTest)),
            Add(nameof(Interruption.MayRunFinally), tables.AddBlob(StaticCondition)),
            Add(nameof(Interruption.Shorten), tables.AddBlob(StaticExchange))
        );
    }

    private static int Write(
        MethodBodyStreamEncoder encoder,
        MethodBodyBlock body,
        StandaloneSignatureHandle variables,
        RewrittenMethod method
    )
    {
        const int RoomForCheck = 1;
        const int SmallLength = byte.MaxValue;
        const int SmallOffset = ushort.MaxValue;
        var small =
            ExceptionRegionEncoder.IsSmallRegionCount(method.Regions.Length)
            && method.Regions.All(region =>
                region.Try.Start <= SmallOffset
                && region.Handler.Start <= SmallOffset
                && region.Try.End - region.Try.Start <= SmallLength
                && region.Handler.End - region.Handler.Start <= SmallLength
            );
        var written = encoder.AddMethodBody(
            method.Code.Length,
            body.MaxStack + RoomForCheck,
            method.Regions.Length,
            small,
            variables,
            body.LocalVariablesInitialized ? MethodBodyAttributes.InitLocals : MethodBodyAttributes.None
        );
        new BlobWriter(written.Instructions).WriteBytes(method.Code);
        foreach (var (kind, @try, handler, filter, catchType) in method.Regions)
        {
            written.ExceptionRegions.Add(
                kind,
                @try.Start,
                @try.End - @try.Start,
                handler.Start,
                handler.End - handler.Start,
                catchType,
                filter
            );
        }

        return written.Offset;
    }
}
