using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace RnnCourse.Notebooks.Session.Scripting.Extensions;

/// <summary>
/// The assemblies that libraries made for .NET Interactive refer to. They contain only forwarded types: each type is
/// found in this project, or in the part of .NET Interactive that the engine includes. They are made in memory, so that
/// no file has the name of a library that someone may really use.
/// </summary>
internal static class FacadeAssemblies
{
    /// <summary>The name of the assembly with the kernel.</summary>
    public const string KernelName = "Microsoft.DotNet.Interactive";

    private const string FormattingName = KernelName + ".Formatting";
    private const string CSharpName = KernelName + ".CSharp";
    private const string BetweenName = "RnnCourse.Notebooks.Formatting";

    private static readonly Assembly Engine = typeof(Kernel).Assembly;
    private static readonly Assembly Formatters = typeof(Formatter).Assembly;
    private static readonly Lazy<byte[]> KernelImage = new(() =>
        Make(
            KernelName,
            [
                (Engine.GetName(), EngineTypes(@namespace => @namespace is not (FormattingName or CSharpName))),
                // Setters of init properties refer to it, and .NET Interactive has its own.
                (typeof(object).Assembly.GetName(), [typeof(IsExternalInit)]),
            ]
        )
    );

    private static readonly Lazy<byte[]> CSharpImage = new(() =>
        Make(CSharpName, [(Engine.GetName(), EngineTypes(@namespace => @namespace == CSharpName))])
    );

    private static readonly Lazy<Assembly> LazyCSharp = new(() => new FacadeContext().Load(CSharpImage.Value));

    private static readonly Lazy<Assembly> LazyKernel = new(() => new FacadeContext().Load(KernelImage.Value));

    // It has the same name as the library it stands for, so the forwarding goes through a third assembly.
    private static readonly Lazy<Assembly> LazyFormatting = new(() =>
    {
        var types = Formatters.GetExportedTypes().Where(type => !type.IsNested).ToArray();
        var between = new FacadeContext().Load(Make(BetweenName, [(Formatters.GetName(), types)]));
        return new FacadeContext(between).Load(
            Make(
                FormattingName,
                [
                    (between.GetName(), types),
                    (Engine.GetName(), EngineTypes(@namespace => @namespace == FormattingName)),
                ]
            )
        );
    });

    /// <summary>The assemblies with the kernel, for compilation.</summary>
    public static IEnumerable<(Assembly Loaded, byte[] Image)> OfKernels =>
        [(LazyKernel.Value, KernelImage.Value), (LazyCSharp.Value, CSharpImage.Value)];

    /// <summary>Whether the engine replaces this library of .NET Interactive.</summary>
    public static bool StandsInFor(string? name) => name is KernelName or CSharpName;

    /// <summary>Finds an assembly to which libraries made for .NET Interactive refer; null for any other
    /// assembly.</summary>
    public static Assembly? Find(string? name) =>
        name switch
        {
            KernelName => LazyKernel.Value,
            CSharpName => LazyCSharp.Value,
            FormattingName => LazyFormatting.Value,
            _ => null,
        };

    private static Type[] EngineTypes(Predicate<string> isMeant) =>
        [
            .. Engine
                .GetExportedTypes()
                .Where(type =>
                    type is { IsNested: false, Namespace: { } @namespace }
                    && @namespace.StartsWith(KernelName, StringComparison.Ordinal)
                    && isMeant(@namespace)
                ),
        ];

    private static byte[] Make(string name, (AssemblyName Holder, Type[] Types)[] parts)
    {
        var metadata = new MetadataBuilder();
        metadata.AddAssembly(
            metadata.GetOrAddString(name),
            new Version(1, 0, 0, 0),
            default,
            metadata.GetOrAddBlob(ImmutableArray.Create(Formatters.GetName().GetPublicKey()!)),
            AssemblyFlags.PublicKey,
            AssemblyHashAlgorithm.Sha1
        );
        metadata.AddModule(
            0,
            metadata.GetOrAddString(name + ".dll"),
            metadata.GetOrAddGuid(Guid.NewGuid()),
            default,
            default
        );

        // The type that every module begins with.
        metadata.AddTypeDefinition(
            default,
            default,
            metadata.GetOrAddString("<Module>"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1)
        );
        foreach (var (holder, types) in parts)
        {
            var reference = metadata.AddAssemblyReference(
                metadata.GetOrAddString(holder.Name!),
                holder.Version ?? new Version(1, 0, 0, 0),
                default,
                metadata.GetOrAddBlob(ImmutableArray.Create(holder.GetPublicKeyToken() ?? [])),
                default,
                default
            );
            foreach (var type in types)
            {
                metadata.AddExportedType(
                    Forwarder,
                    metadata.GetOrAddString(type.Namespace ?? ""),
                    metadata.GetOrAddString(type.Name),
                    reference,
                    0
                );
            }
        }

        var image = new BlobBuilder();
        new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll | Characteristics.ExecutableImage),
            new MetadataRootBuilder(metadata),
            new BlobBuilder()
        ).Serialize(image);
        return image.ToArray();
    }

    // The flag has no name in .NET's own list.
    private const TypeAttributes Forwarder = (TypeAttributes)0x0020_0000;

    private sealed class FacadeContext(Assembly? between = null) : AssemblyLoadContext("facade")
    {
        public Assembly Load(byte[] image)
        {
            using var stream = new MemoryStream(image, writable: false);
            return LoadFromStream(stream);
        }

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name == between?.GetName().Name ? between : null;
    }
}
