using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using RnnCourse.Notebooks.Session.Interrupting.Rewriting;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting.Rewriting;

/// <summary>Whole libraries of ours, with all that compilers make of C#, as if they were cells.</summary>
public sealed class CellRewriterTests
{
    public static TheoryData<string> Libraries =>
        [
            .. new[]
            {
                "Notebooks",
                "Notebooks.Session",
                "Notebooks.Running",
                "Notebooks.Pages",
                "Notebooks.Tests",
            }.Select(name => Path.Combine(AppContext.BaseDirectory, $"RnnCourse.{name}.dll")),
        ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_runtime_translates_every_method(string path)
    {
        var (code, symbols) = Rewrite(path);
        var context = new AssemblyLoadContext("rewritten", isCollectible: true);
        using var image = new MemoryStream(code);
        using var pdb = new MemoryStream(symbols);
        var assembly = context.LoadFromStream(image, pdb);
        var translated = 0;
        foreach (var method in assembly.GetTypes().SelectMany(MethodsOf))
        {
            if (!method.IsAbstract && !method.ContainsGenericParameters && method.GetMethodBody() is not null)
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
                translated++;
            }
        }

        Assert.True(translated > 50);
        context.Unload();
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Lines_and_scopes_stay_with_their_instructions(string path)
    {
        var (code, symbols) = Rewrite(path);
        using var before = new Image(File.ReadAllBytes(path), File.ReadAllBytes(Path.ChangeExtension(path, ".pdb")));
        using var after = new Image(code, symbols);

        Assert.Equal(before.Describe(), after.Describe());
    }

    private static (byte[] Code, byte[] Symbols) Rewrite(string path) =>
        CellRewriter.Rewrite(
            File.ReadAllBytes(path),
            File.ReadAllBytes(Path.ChangeExtension(path, ".pdb")),
            new HashSet<string>()
        );

    private static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Static
            | BindingFlags.Instance
            | BindingFlags.DeclaredOnly;
        return [.. type.GetMethods(All), .. type.GetConstructors(All)];
    }

    // The parts that don't depend on the offsets of instructions: for each method its lines, each with the number of
    // the method's own instructions before it; likewise its scopes and their variables; and its handlers.
    private sealed class Image : IDisposable
    {
        // The parts that rewriting adds: the methods of Interruption, and the variable.
        private static readonly string[] Added =
        [
            "IsPending",
            "ThrowIfInterrupted",
            "Enter",
            "Flag",
            "Begin",
            "Stop",
            "EnterFinally",
            "LeaveFinally",
            "EnterAsyncFinally",
            "LeaveAsyncFinally",
            "EnterNative",
            "LeaveNative",
            "Await",
            "MayCatch",
            "MayRunFinally",
            "Shorten",
        ];

        private readonly PEReader _image;
        private readonly MetadataReaderProvider _symbols;
        private readonly MetadataReader _reader;
        private readonly MetadataReader _lines;
        private readonly HashSet<int> _added;

        public Image(byte[] code, byte[] symbols)
        {
            _image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(code));
            _symbols = MetadataReaderProvider.FromPortablePdbImage(
                ImmutableCollectionsMarshal.AsImmutableArray(symbols)
            );
            (_reader, _lines) = (_image.GetMetadataReader(), _symbols.GetMetadataReader());
            _added =
            [
                .. _reader
                    .MemberReferences.Where(handle =>
                    {
                        var member = _reader.GetMemberReference(handle);
                        return member.Parent.Kind == HandleKind.TypeReference
                            && _reader.GetString(_reader.GetTypeReference((TypeReferenceHandle)member.Parent).Name)
                                == "Interruption"
                            && Added.Contains(_reader.GetString(member.Name));
                    })
                    .Select(handle => MetadataTokens.GetToken(handle)),
            ];
            _added.UnionWith(
                Enumerable
                    .Range(1, _reader.GetTableRowCount(TableIndex.MethodSpec))
                    .Select(MetadataTokens.MethodSpecificationHandle)
                    .Where(handle =>
                        _added.Contains(MetadataTokens.GetToken(_reader.GetMethodSpecification(handle).Method))
                    )
                    .Select(handle => MetadataTokens.GetToken(handle))
            );
        }

        public void Dispose()
        {
            _image.Dispose();
            _symbols.Dispose();
        }

        public List<string> Describe()
        {
            var report = new List<string>();
            foreach (var handle in _reader.MethodDefinitions)
            {
                var method = _reader.GetMethodDefinition(handle);
                if (method.RelativeVirtualAddress == 0)
                {
                    continue;
                }

                var body = _image.GetMethodBody(method.RelativeVirtualAddress);
                var counts = CountOwn(body);
                report.Add($"{_reader.GetString(method.Name)}: {counts[^1]} instructions");
                var debug = handle.ToDebugInformationHandle();
                report.AddRange(
                    _lines
                        .GetMethodDebugInformation(debug)
                        .GetSequencePoints()
                        .Select(point =>
                            $"  line {point.StartLine}:{point.StartColumn} to {point.EndLine}:{point.EndColumn} at "
                            + $"{counts[point.Offset]}, {MetadataTokens.GetRowNumber(point.Document)}"
                        )
                );
                report.AddRange(
                    _lines
                        .GetLocalScopes(handle)
                        .Select(_lines.GetLocalScope)
                        .Select(scope =>
                            $"  scope {counts[scope.StartOffset]} to {counts[scope.EndOffset]}: "
                            + string.Join(
                                ' ',
                                scope
                                    .GetLocalVariables()
                                    .Select(_lines.GetLocalVariable)
                                    .Select(variable => $"{_lines.GetString(variable.Name)} {variable.Index}")
                            )
                        )
                );
                report.AddRange(
                    body.ExceptionRegions.Select(region =>
                        $"  {KindOf(region)} {counts[region.TryOffset]} {counts[region.TryOffset + region.TryLength]} "
                        + $"{counts[region.HandlerOffset]} {counts[region.HandlerOffset + region.HandlerLength]}"
                    )
                );
            }

            return report;
        }

        // A catch becomes a catch with a filter.
        private static string KindOf(ExceptionRegion region) =>
            region.Kind is ExceptionRegionKind.Filter ? $"{ExceptionRegionKind.Catch}" : $"{region.Kind}";

        // For each offset, the number of instructions before it that aren't part of a check.
        private int[] CountOwn(MethodBodyBlock body)
        {
            var code = body.GetILBytes()!;
            var instructions = Instruction.ReadAll(code);
            var counts = new int[code.Length + 1];
            var own = 0;
            for (var i = 0; i < instructions.Count; )
            {
                var length = CheckLength(instructions, i);
                for (var k = i; k < i + Math.Max(1, length); k++)
                {
                    counts[instructions[k].Offset] = own;
                }

                own += length == 0 ? 1 : 0;
                i += Math.Max(1, length);
            }

            counts[^1] = own;
            return counts;
        }

        private int CheckLength(List<Instruction> found, int i)
        {
            bool Calls(int k) => k < found.Count && _added.Contains(found[k].Operand);
            return found[i].Code switch
            {
                ILOpCode.Volatile when Calls(i + 1) && found[i + 1].Code == ILOpCode.Ldsfld => 4,
                ILOpCode.Ldloc_s
                or ILOpCode.Ldloc when i + 4 < found.Count && found[i + 1].Code == ILOpCode.Volatile && Calls(i + 4) =>
                    6,
                ILOpCode.Call
                    when Calls(i)
                        && found[i + 1].Code is ILOpCode.Stloc_s or ILOpCode.Stloc
                        && NameOf(found[i].Operand) is "Flag" or "Begin" => 2,
                ILOpCode.Call
                    when Calls(i) && Calls(i + 2) && found[i + 1].Code is ILOpCode.Brtrue_s or ILOpCode.Brtrue => 4,
                ILOpCode.Isinst when Calls(i + 1) => 4,
                ILOpCode.Dup when Calls(i + 1) => 6,
                ILOpCode.Call when Calls(i) => 1,
                _ => 0,
            };
        }

        private string NameOf(int token) =>
            _reader.GetString(
                _reader.GetMemberReference((MemberReferenceHandle)MetadataTokens.EntityHandle(token)).Name
            );
    }
}
