using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Exporting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Extensions;

[Collection(Scripting.Recorder.Name)]
public sealed class ExtensionTests : ExtensionFeedTests
{
    [Fact]
    public async Task The_script_of_an_extension_is_executed_where_its_package_is_used_first()
    {
        RestoresBySdk = true;
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
}
