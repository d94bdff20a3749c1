using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Exporting;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Tests.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Extensions;

[Collection(Scripting.Recorder.Name)]
public sealed class ExtensionTests : PackageFeedTests
{
    [Fact]
    public async Task The_script_of_an_extension_is_executed_where_its_package_is_used_first()
    {
        Pack("Axle", "1.0.0", "public static class Axle { }");
        Pack("Wheel", "1.0.0", Compile("Wheel", "public static class Wheel { public static int Count => 4; }"), "Axle");
        AddExtension("Wheel", "extension.dib", "#!csharp\n\nvar asked = Wheel.Count;\n\n#!markdown\n\nA wheel");
        AddExtension("Axle", "extension.dib", "#!csharp\n\nvar asked = -1;");
        Assert.Equal(5, await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\nasked + 1"));
        Assert.Contains(Recorder.Shown, data => data.Text("text/markdown") == "A wheel");

        // Not a second time, and not for packages that this package merely needs.
        Assert.Equal(7, await ResultAsync("asked = 7;\n#r \"nuget: Wheel, 1.0.0\"\nasked"));
    }

    [Fact]
    public async Task An_extension_whose_script_fails_is_the_cells_error()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { }");
        AddExtension("Wheel", "extension.dib", "#!csharp\n\nthrow new InvalidOperationException(\"flat\");");
        var error = (await RunAsync("#r \"nuget: Wheel, 1.0.0\"\n1")).Error!;
        Assert.Equal(("System.InvalidOperationException", "flat"), (error.Name, error.Message));
    }

    [Fact]
    public async Task A_file_that_is_not_a_library_is_not_loaded_and_the_output_says_why()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 4; }");
        AddExtension("Wheel", "Wheel.Interactive.dll", "not even a library");
        Assert.Equal(4, await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\nWheel.Count"));
        Assert.Equal(NotLoaded("the file isn't a .NET library"), Recorder.Printed);
    }

    [Fact]
    public async Task The_library_of_an_extension_adds_lines_that_take_what_follows_them()
    {
        PackExtension(
            """
            public class Extension : IKernelExtension
            {
                public Task OnLoadAsync(Kernel kernel)
                {
                    var turn = new KernelActionDirective("#!turn")
                    {
                        Description = "Turns a wheel.",
                        KernelCommandType = typeof(Turn),
                        Parameters =
                        [
                            new KernelDirectiveParameter("--wheel") { AllowImplicitName = true, Required = true },
                            new KernelDirectiveParameter("--how-often"),
                            new KernelDirectiveParameter("--back") { Flag = true },
                        ],
                    };
                    kernel.RootKernel.AddDirective<Turn>(turn, Run);
                    kernel.AddDirective(
                        new KernelActionDirective("#!halt"),
                        (_, context) => { context.Display(1, "text/plain").Update(2); return Task.CompletedTask; });
                    return Task.CompletedTask;
                }

                private static Task Run(Turn turn, KernelInvocationContext context)
                {
                    if (turn.Wheel == "square") { context.Fail(turn, message: "It can't turn."); }
                    else if (turn.Wheel == "flat") { throw new InvalidOperationException("No air."); }
                    else { context.DisplayAs($"{turn.Wheel} {turn.HowOften} {turn.Back}", "text/markdown"); }
                    return Task.CompletedTask;
                }
            }

            public class Turn : KernelDirectiveCommand
            {
                public string Wheel { get; set; } = "";
                public int HowOften { get; set; } = 1;
                public bool Back { get; set; }
            }
            """
        );
        var early = (await RunAsync("#r \"nuget: Wheel, 1.0.0\"\n#!turn left")).Error!;
        Assert.EndsWith("If a package of this cell adds it, write it in a later cell.", early.Message);
        Assert.Equal(1, await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\n1"));
        Assert.Equal("", Recorder.Printed);
        foreach (
            var (line, shown) in ((string, string)[])
                [
                    ("#!turn left", "left 1 False"),
                    ("#!turn --wheel \"the left one\" --how-often 3", "the left one 3 False"),
                    ("#!turn --back 7", "7 1 True"),
                ]
        )
        {
            Assert.Null((await RunAsync(line)).Error);
            Assert.Equal(shown, Recorder.Shown[^1].Text("text/markdown"));
        }

        foreach (
            var (line, expected) in ((string, string)[])
                [
                    ("#!turn square", "It can't turn."),
                    ("#!turn flat", "No air."),
                    ("#!turn", "#!turn needs --wheel. It knows --wheel, --how-often, --back."),
                    ("#!turn left right", "--wheel of #!turn is given twice."),
                    ("#!turn left --how-often", "A value must follow --how-often."),
                    ("#!turn left --how-often many", "'left --how-often many' doesn't fit #!turn:"),
                    ("#!turn left --forward", "#!turn doesn't know '--forward'."),
                    ("#!halt now", "#!halt doesn't know 'now'. Nothing may follow it."),
                ]
        )
        {
            Assert.StartsWith(expected, (await RunAsync("var before = 1;\n" + line)).Error!.Message);
        }

        Assert.Null((await RunAsync("#!halt")).Error);
        await RunAsync("#!lsmagic");
        Assert.Contains("Turns a wheel.", Recorder.Shown[^1].Text("text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_library_of_an_extension_registers_formatters_but_not_for_what_the_engine_shows()
    {
        PackExtension(
            """
            public class Extension : IKernelExtension
            {
                public Task OnLoadAsync(Kernel kernel)
                {
                    Formatter.Register<Version>(value => "<i>version</i>", "text/html");
                    Formatter.Register<double[,]>(value => "<i>numbers</i>", "text/html");
                    return Task.CompletedTask;
                }
            }
            """
        );
        try
        {
            Assert.Equal(1, await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\n1"));
            Assert.Equal("", Recorder.Printed);
            Assert.Equal("<i>version</i>", DisplayFormatter.Format(new Version(1, 2)).Text("text/html"));
            Assert.Equal(
                "Double[1,2]\n1  2",
                DisplayFormatter
                    .Format(
                        new[,]
                        {
                            { 1.0, 2 },
                        }
                    )
                    .Text("text/plain")
            );
            Assert.Null(
                DisplayFormatter
                    .Format(
                        new[,]
                        {
                            { 1.0, 2 },
                        }
                    )
                    .Text("text/html")
            );
        }
        finally
        {
            Formatter.ResetToDefault();
        }
    }

    [Theory]
    [InlineData(
        "throw new InvalidOperationException(\"No axle.\");",
        "its code failed: InvalidOperationException: No axle"
    )]
    [InlineData(
        "kernel.Quit(); return Task.CompletedTask;",
        "it needs what this engine doesn't have: Method not found: 'Void Microsoft.DotNet.Interactive.Kernel.Quit()'"
    )]
    [InlineData(
        "kernel.SendAsync(new SubmitCode(\"1\", \"fsharp\"), default); return Task.CompletedTask;",
        "its code failed: NotSupportedException: The command SubmitCode is for the kernel 'fsharp', which isn't part "
            + "of this engine"
    )]
    [InlineData(
        "kernel.SendAsync(new Cancel(), default); return Task.CompletedTask;",
        "it needs what this engine doesn't have: Could not load type 'Microsoft.DotNet.Interactive.Commands.Cancel'"
    )]
    [InlineData(
        "new ProxyKernel().ToString(); return Task.CompletedTask;",
        "it needs what this engine doesn't have: Could not load type 'Microsoft.DotNet.Interactive.ProxyKernel'"
    )]
    public async Task An_extension_that_cannot_be_loaded_is_left_out_and_the_output_says_what_it_lacks(
        string code,
        string why
    )
    {
        PackExtension(
            $$"""
            public class Extension : IKernelExtension
            {
                public Task OnLoadAsync(Kernel kernel) { {{code}} }
            }
            """
        );
        Assert.Equal(4, await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\nWheel.Count"));
        Assert.StartsWith(
            $"The extension Wheel.Interactive.dll of the package Wheel isn't loaded: {why}",
            Recorder.Printed,
            StringComparison.Ordinal
        );
        Assert.EndsWith("its formatters and #! lines are missing.\n", Recorder.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_extension_visits_the_kernel_and_has_code_run_in_it()
    {
        PackExtension(
            """
            public class Extension : IKernelExtension
            {
                public async Task OnLoadAsync(Kernel kernel)
                {
                    var visited = 0;
                    if (!(kernel is CompositeKernel))
                    {
                        kernel.VisitSubkernelsAndSelf(k => visited++);
                    }

                    await kernel.SendAsync(new SubmitCode($"using System.IO;\nvar visited = {visited};"), default);
                    await kernel.FindKernelByName("markdown").SendAsync(new SubmitCode("*Rolling*"), default);
                    kernel.AddDirective(new KernelActionDirective("#!spin"), async (command, context) =>
                        await kernel.RootKernel.SendAsync(new SubmitCode("var spun = visited + 1;"), default));
                }
            }
            """
        );
        Assert.Equal(
            "1 a.txt",
            await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\n$\"{visited} {Path.GetFileName(\"x/a.txt\")}\"")
        );
        Assert.Equal("", Recorder.Printed);
        Assert.Contains(Recorder.Shown, data => data.Text("text/markdown") == "*Rolling*");

        // From a line, before the rest of its cell; and from a cell, after it.
        Assert.Equal(2, await ResultAsync("#!spin\nspun"));
        Assert.Null(
            (
                await RunAsync(
                    "using Microsoft.DotNet.Interactive;\nusing Microsoft.DotNet.Interactive.Commands;\n"
                        + "using Microsoft.DotNet.Interactive.CSharp;\n"
                        + "if (Kernel.Root is CSharpKernel) "
                        + "{ await Kernel.Root.SendAsync(new SubmitCode(\"var late = 9;\")); }"
                )
            ).Error
        );
        Assert.Equal(9, await ResultAsync("late"));

        // An error of the submitted code is an error of the cell.
        Assert.Equal("CS0103", (await RunAsync("await Kernel.Root.SubmitCodeAsync(\"missing\");")).Error!.Message[..6]);
    }

    [Fact]
    public async Task Submitted_code_does_not_outlive_a_cell_that_fails_or_is_interrupted()
    {
        PackExtension(
            """
            public class Extension : IKernelExtension
            {
                public Task OnLoadAsync(Kernel kernel) => Task.CompletedTask;
            }
            """
        );
        await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\nusing Microsoft.DotNet.Interactive;\nvar count = 0;");
        Assert.NotNull(
            (await RunAsync("await Kernel.Root.SubmitCodeAsync(\"count = 9;\"); throw new Exception();")).Error
        );
        Assert.NotNull(
            (
                await RunAsync(
                    "await Kernel.Root.SubmitCodeAsync(\"missing\"); await Kernel.Root.SubmitCodeAsync(\"count = 8;\");"
                )
            ).Error
        );
        Assert.Equal(0, await ResultAsync("count"));

        // It submits itself again, each time after it has ended.
        await ResultAsync(
            "var again = \"if (++count < 60) { await Kernel.Root.SubmitCodeAsync(again); }\";\n"
                + "await Kernel.Root.SubmitCodeAsync(again);"
        );
        Assert.Equal(60, await ResultAsync("count"));
        var execution = new CellExecution();
        var endless = RunAsync(
            "again = \"AppContext.SetData(nameof(count), count++); await Kernel.Root.SubmitCodeAsync(again);\";\n"
                + "await Kernel.Root.SubmitCodeAsync(again);",
            execution
        );
        while (AppContext.GetData("count") is null && !endless.IsCompleted)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        execution.Interrupt();
        Assert.Equal("System.OperationCanceledException", (await endless).Error!.Name);
        execution.End();
        var counted = await ResultAsync("count");
        Assert.Equal(counted, await ResultAsync("count"));
    }

    [Fact]
    public async Task The_script_of_an_extension_reaches_the_kernel()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { }");
        AddExtension(
            "Wheel",
            "extension.dib",
            """
            #!csharp

            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Directives;
            KernelInvocationContext.Current.HandlingKernel.RootKernel.AddDirective(
                new KernelActionDirective("#!turn"),
                (command, context) => { context.DisplayAs("It turns.", "text/markdown"); return Task.CompletedTask; });
            """
        );
        Assert.Equal(1, await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\n1"));
        Assert.Null((await RunAsync("#!turn")).Error);
        Assert.Equal("It turns.", Recorder.Shown[^1].Text("text/markdown"));
    }

    [Fact]
    public async Task A_program_refuses_a_package_that_brings_cells()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { }");
        AddExtension("Wheel", "extension.dib", "#!csharp\n\nvar spokes = 8;");
        var error = await Assert.ThrowsAsync<ExportException>(() =>
            ProgramExporter.ExportAsync(
                new Notebook { Cells = [new CodeCell { Id = "a", Source = "#r \"nuget: Wheel, 1.0.0\"" }] },
                new ExportSettings(
                    Path.Combine(Folder, "a.ipynb"),
                    Path.Combine(Folder, "a.cs"),
                    Path.Combine(Folder, "lib", "Engine.csproj")
                )
            )
        );
        Assert.StartsWith("a.ipynb (cell 1, line 1): The package Wheel contains cells", error.Message);
    }

    private static string NotLoaded(string why) =>
        $"The extension Wheel.Interactive.dll of the package Wheel isn't loaded: {why}. What the package's libraries "
        + "declare can be used; its formatters and #! lines are missing.\n";

    // Compiled, as extensions are, with a library of .NET Interactive's name: here of a few of its declarations.
    private void PackExtension(string source)
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

    private void AddExtension(string package, string file, string text) =>
        AddExtension(package, file, System.Text.Encoding.UTF8.GetBytes(text));

    private void AddExtension(string package, string file, byte[] content)
    {
        using var archive = ZipFile.Open(Path.Combine(Folder, "feed", $"{package}.1.0.0.nupkg"), ZipArchiveMode.Update);
        using var stream = archive.CreateEntry($"interactive-extensions/dotnet/{file}").Open();
        stream.Write(content);
    }
}
