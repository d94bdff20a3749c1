using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Tests.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Extensions;

/// <summary>Tests with packages that contain an extension of .NET Interactive. The .NET SDK, which needs two seconds,
/// restores them only for tests that ask for it; for the others they are unpacked.</summary>
public abstract class ExtensionFeedTests : PackageFeedTests
{
    protected bool RestoresBySdk { get; set; }

    protected override ScriptSessionOptions Options =>
        RestoresBySdk ? base.Options : base.Options with { Restore = new UnpackedFeed(Folder).RestoreAsync };

    // Compiled, as extensions are, with a library of .NET Interactive's name: here of a few of its declarations.
    protected void PackExtension(string source)
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 4; }");
        var formatting = MetadataReference.CreateFromImage(
            CompileExtension(
                "Microsoft.DotNet.Interactive.Formatting",
                """
                namespace Microsoft.DotNet.Interactive.Formatting
                {
                    public class DisplayedValue { public void Update(object updatedValue) { } }
                }
                namespace Microsoft.DotNet.Interactive { }
                namespace Microsoft.DotNet.Interactive.Commands { }
                namespace Microsoft.DotNet.Interactive.Directives { }
                """
            )
        );
        var kernel = CompileExtension(
            "Microsoft.DotNet.Interactive",
            """
            namespace System.Runtime.CompilerServices { public static class IsExternalInit { } }
            namespace Microsoft.DotNet.Interactive.Commands
            {
                public abstract class KernelCommand
                {
                    protected KernelCommand(string targetKernelName = null) { }
                }
                public class SubmitCode : KernelCommand
                {
                    public SubmitCode(string code, string targetKernelName = null) { }
                }
                public class Cancel : KernelCommand
                {
                    public Cancel(string targetKernelName = null) { }
                }
                public abstract class KernelDirectiveCommand : KernelCommand { }
            }
            namespace Microsoft.DotNet.Interactive.Directives
            {
                public abstract class KernelDirective
                {
                    public string Description { get; set; }
                    public ICollection<KernelDirectiveParameter> Parameters { get; init; } = [];
                }
                public class KernelActionDirective : KernelDirective
                {
                    public KernelActionDirective(string name, string description = null) { }
                    public Type KernelCommandType { get; set; }
                }
                public class KernelDirectiveParameter
                {
                    public KernelDirectiveParameter AddCompletions(Func<IEnumerable<string>> getCompletions) => this;
                    public KernelDirectiveParameter(string name, string description = null) { }
                    public bool AllowImplicitName { get; init; }
                    public bool Required { get; init; }
                    public bool Flag { get; init; }
                }
            }
            namespace Microsoft.DotNet.Interactive
            {
                public class CompositeKernel : Kernel { }
                public class KernelCommandResult { }
                public static class KernelExtensions
                {
                    public static void VisitSubkernelsAndSelf(this Kernel kernel, Action<Kernel> onVisit) { }
                    public static Kernel FindKernelByName(this Kernel kernel, string name) => null;
                }
                public class Kernel
                {
                    public Kernel RootKernel => null;
                    public string Name => null;
                    public Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken token) => null;
                    public void Quit() { }
                    public void AddDirective(KernelActionDirective directive, KernelCommandInvocation handler) { }
                    public void AddDirective<TCommand>(
                        KernelActionDirective directive,
                        Func<TCommand, KernelInvocationContext, Task> handler)
                        where TCommand : KernelCommand { }
                }
                public class ProxyKernel { }
                public interface IKernelExtension { Task OnLoadAsync(Kernel kernel); }
                public delegate Task KernelCommandInvocation(KernelCommand command, KernelInvocationContext context);
                public class KernelInvocationContext
                {
                    public void Fail(KernelCommand command, Exception exception = null, string message = null) { }
                }
                public static class KernelInvocationContextExtensions
                {
                    public static DisplayedValue Display(
                        this KernelInvocationContext context, object value, params string[] mimeTypes) => null;
                    public static DisplayedValue DisplayAs(
                        this KernelInvocationContext context, string value, string mimeType) => null;
                }
            }
            """,
            formatting
        );
        AddExtension(
            "Wheel",
            "Wheel.Interactive.dll",
            CompileExtension(
                "Wheel.Interactive",
                source,
                MetadataReference.CreateFromImage(kernel),
                // They have the same name, so only one of them is loaded.
                source.Contains("Formatter.", StringComparison.Ordinal)
                    ? MetadataReference.CreateFromFile(typeof(Formatter).Assembly.Location)
                    : formatting
            )
        );
    }

    private static byte[] CompileExtension(string name, string source, params MetadataReference[] references)
    {
        const string Usings = """
            global using System;
            global using System.Collections.Generic;
            global using System.Threading;
            global using System.Threading.Tasks;
            global using Microsoft.DotNet.Interactive;
            global using Microsoft.DotNet.Interactive.Commands;
            global using Microsoft.DotNet.Interactive.Directives;
            global using Microsoft.DotNet.Interactive.Formatting;

            """;
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings + source, cancellationToken: TestContext.Current.CancellationToken)],
            [
                .. references,
                .. Directory
                    .EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
                    .Where(path =>
                        Path.GetFileName(path)
                            is "System.Private.CoreLib.dll"
                                or "System.Runtime.dll"
                                or "netstandard.dll"
                    )
                    .Select(path => MetadataReference.CreateFromFile(path)),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                cryptoPublicKey: [.. typeof(Formatter).Assembly.GetName().GetPublicKey()!],
                publicSign: true
            )
        );
        using var bytes = new MemoryStream();
        var emitted = compilation.Emit(bytes, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return bytes.ToArray();
    }

    protected void AddExtension(string package, string file, string text) =>
        AddExtension(package, file, System.Text.Encoding.UTF8.GetBytes(text));

    protected void AddExtension(string package, string file, byte[] content)
    {
        using var archive = ZipFile.Open(Path.Combine(Folder, "feed", $"{package}.1.0.0.nupkg"), ZipArchiveMode.Update);
        using var stream = archive.CreateEntry($"interactive-extensions/dotnet/{file}").Open();
        stream.Write(content);
    }
}
