using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Exporting;
using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

[Collection(Recorder.Name)]
public sealed class PackageTests : SessionTests
{
    private readonly Recorder _recorder = Recorder.Start();

    public PackageTests()
    {
        // No test uses the network: the folder beside the notebook is the only source.
        Directory.CreateDirectory(Path.Combine(Folder, "feed"));
        File.WriteAllText(
            Path.Combine(Folder, "nuget.config"),
            """
            <configuration>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="cache" /></config>
            </configuration>
            """
        );
    }

    [Theory]
    [InlineData("#r \"nuget: Microsoft.CodeAnalysis.CSharp, 5.12.0\"")]
    [InlineData("#r \"nuget:microsoft.codeanalysis.csharp\"")]
    public async Task A_package_that_the_engine_has_is_used(string line)
    {
        Assert.Equal("C#", await ResultAsync(line + "\nMicrosoft.CodeAnalysis.LanguageNames.CSharp"));
        Assert.Matches(
            "(?i)^Installed Packages\n- Microsoft.CodeAnalysis.CSharp, 5.12.0$",
            Assert.Single(_recorder.Texts)!
        );
    }

    [Fact]
    public async Task A_version_that_nobody_has_is_replaced_by_a_newer_one_of_the_engine()
    {
        var asked = 0;
        var finder = new PackageFinder(
            Folder,
            (_, _, _) =>
            {
                asked++;
                throw new IOException("can't be had");
            }
        );
        var found = await finder.FindAsync(
            [PackageRequest.Parse("nuget: Microsoft.CodeAnalysis.CSharp, 5.0.0")],
            TestContext.Current.CancellationToken
        );
        Assert.Equal([("Microsoft.CodeAnalysis.CSharp", "5.12.0")], found.Versions);
        Assert.Contains(found.Libraries, library => Path.GetFileName(library) == "Microsoft.CodeAnalysis.dll");
        Assert.Equal(1, asked);
        foreach (
            var other in (string[])
                [
                    "nuget: Markdig, 2.0.0",
                    "nuget: Markdig, 0.9.0",
                    "nuget: Markdig, 1.0.0-beta",
                    "nuget: No.Such.Package, 1.0.0",
                ]
        )
        {
            await Assert.ThrowsAsync<IOException>(() =>
                finder.FindAsync([PackageRequest.Parse(other)], TestContext.Current.CancellationToken)
            );
        }

        Assert.Equal(5, asked);
    }

    [Fact]
    public async Task A_package_is_restored_with_what_it_needs_be_that_newer_and_signed()
    {
        const string Wheel = "public static class Wheel { public static int Count => 4; public static int Asked; }";
        Pack("Wheel", "1.5.0", Compile("Wheel", "[assembly: System.Reflection.AssemblyVersion(\"1.5.0.0\")]" + Wheel));
        var old = Compile("Wheel", "[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")]" + Wheel);
        Pack(
            "Car",
            "1.0.0",
            Compile(
                "Car",
                "public static class Car { public static int Wheels => Wheel.Count + 0 * Wheel.Asked++; }",
                old
            ),
            "Wheel"
        );
        Assert.Equal(4, await ResultAsync("#r \"nuget: Car, 1.0.0\"\nCar.Wheels"));
        Assert.Equal("Installed Packages\n- Car, 1.0.0", Assert.Single(_recorder.Texts));

        // The cell's own Wheel is the one that Car uses.
        Assert.Equal(1, await ResultAsync("Wheel.Asked"));
    }

    [Fact]
    public async Task What_a_package_needs_and_the_engine_has_newer_is_the_engines()
    {
        var own = typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly.GetName();
        var runtime = await File.ReadAllBytesAsync(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"),
            TestContext.Current.CancellationToken
        );
        var encoder = await File.ReadAllBytesAsync(
            typeof(System.Text.Encodings.Web.HtmlEncoder).Assembly.Location,
            TestContext.Current.CancellationToken
        );
        var old = CompileSigned(
            own.Name!,
            """
            [assembly: System.Reflection.AssemblyVersion("2.0.0.0")]
            namespace Microsoft.AspNetCore.Html
            {
                public interface IHtmlContent { void WriteTo(System.IO.TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder); }
            }
            """,
            own.GetPublicKey()!,
            runtime,
            encoder
        );
        Pack(own.Name!, "2.0.0", old);
        Pack(
            "Badge",
            "1.0.0",
            Compile(
                "Badge",
                """
                public sealed class Badge : Microsoft.AspNetCore.Html.IHtmlContent
                {
                    public void WriteTo(System.IO.TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder) => writer.Write("<b>1</b>");
                }
                """,
                old,
                runtime,
                encoder
            ),
            own.Name,
            "2.0.0"
        );

        Assert.IsAssignableFrom<Microsoft.AspNetCore.Html.IHtmlContent>(
            await ResultAsync("#r \"nuget: Badge, 1.0.0\"\nnew Badge()")
        );
        Assert.Equal(true, await ResultAsync("(object)new Badge() is Microsoft.AspNetCore.Html.IHtmlContent"));
    }

    [Fact]
    public async Task What_stands_in_for_a_version_that_cannot_be_had_is_reported()
    {
        Pack("Wheel", "1.0.5", "public static class Wheel { public static int Count => 5; }");
        Pack("Axle", "1.0.0", "public static class Axle { }");
        Pack("Car", "1.0.0", Compile("Car", "public static class Car { }"), "Wheel");
        Pack("Cart", "1.0.0", Compile("Cart", "public static class Cart { }"), "Axle");
        var finder = new PackageFinder(Folder);
        var found = await finder.FindAsync(
            [PackageRequest.Parse("nuget: Car, 1.0.0"), PackageRequest.Parse("nuget: Cart, 1.0.0")],
            TestContext.Current.CancellationToken
        );
        Assert.Equal([("Wheel", "1.0.5")], found.Substitutes!);
        Assert.Null(
            (
                await finder.FindAsync([PackageRequest.Parse("nuget: Car")], TestContext.Current.CancellationToken)
            ).Substitutes
        );
    }

    [Fact]
    public async Task Without_a_version_the_newest_is_taken()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 1; }");
        Pack("Wheel", "1.10.0", "public static class Wheel { public static int Count => 10; }");
        Pack("Wheel", "1.9.0", "public static class Wheel { public static int Count => 9; }");
        Assert.Equal(10, await ResultAsync("#r \"nuget: Wheel\"\nWheel.Count"));
        var error = await ErrorAsync("#r \"nuget: Wheel, 1.9.0\"\nWheel.Count");
        Assert.StartsWith(
            "The package Wheel is in use as version 1.10.0, so version 1.9.0 can't be used as well.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1.10.0", "Wheel", true)]
    [InlineData("1.10.0", "Wheel, 1.10.0", true)]
    [InlineData("1.10.0", "Wheel, 1.9.0", false)]
    [InlineData("1.10.0", "Wheel, 1.*", true)]
    [InlineData("1.10.0", "Wheel, 2.*", false)]
    [InlineData("9.0.1", "Wheel, 13.0.*", false)]
    [InlineData("9.0.1", "Wheel, *-*", true)]
    [InlineData("1.10.0", "Wheel, [1.0, 2.0)", true)]
    [InlineData("2.0.0", "Wheel, [1.0, 2.0)", false)]
    [InlineData("2.0.0", "Wheel, [1.0, 2.0]", true)]
    [InlineData("1.0.0", "Wheel, (1.0, )", false)]
    public void A_version_in_use_is_what_is_asked_for_or_not(string used, string asked, bool admitted) =>
        Assert.Equal(admitted, PackageRequest.Parse("nuget: " + asked).Admits(used));

    [Fact]
    public async Task A_package_without_quotes_is_found_and_one_in_use_is_reported_as_such()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 1; }");
        Assert.Equal(1, await ResultAsync("#r nuget:Wheel,1.0.0\nWheel.Count"));
        Assert.Equal(1, await ResultAsync("#r \"nuget: Wheel\"\nWheel.Count"));
        Assert.Equal(
            ["Installed Packages\n- Wheel, 1.0.0", "Installed Packages\n- Wheel, 1.0.0 (in use already)"],
            _recorder.Texts
        );
        Assert.Contains(
            "is in use as version 1.0.0",
            (await ErrorAsync("#r \"nuget: Wheel, 2.*\"")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_left_out_and_the_package_found_elsewhere()
    {
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 1; }");
        Pack("Axle", "1.0.0", "public static class Axle { public static int Count => 2; }");
        Assert.Equal(
            1,
            await ResultAsync("#i \"nuget: https://127.0.0.1:9/index.json\"\n#r \"nuget: Wheel\"\nWheel.Count")
        );
        Assert.Contains("https://127.0.0.1:9/index.json doesn't answer", _recorder.Printed, StringComparison.Ordinal);
        Assert.Equal(2, await ResultAsync("#r \"nuget: Axle\"\nAxle.Count"));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_refused_as_a_source() =>
        Assert.StartsWith("The folder ", (await ErrorAsync("#i \"nuget: nowhere\"")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_version_is_exact()
    {
        Pack("Wheel", "1.1.0", "public static class Wheel { public static int Count => 1; }");
        var error = await ErrorAsync("var x = 1;\n\n#r \"nuget: Wheel, 1.0.0\"\n");
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Equal(3, error.Line);
        Assert.StartsWith(
            "The package 'Wheel, 1.0.0' can't be had. No source of packages has this version.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("1.1.0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NU1101", "No source of packages has one of this name.")]
    [InlineData("NU1103", "No source of packages has this version.")]
    [InlineData("NU1301", "It is not on this machine, and no source of packages answers.")]
    [InlineData("NU1605", "The requested packages need incompatible versions of other packages.")]
    [InlineData("NU1202", "It is not made for .NET ")]
    [InlineData("MSB4018", "The .NET SDK could not restore it.")]
    public void What_is_missing_is_one_clear_error(string code, string expected)
    {
        var requests = new[] { PackageRequest.Parse("nuget: Wheel, 1.0.0"), PackageRequest.Parse("nuget: Car, 2.0.0") };
        var said = PackageRestore.Explain(requests, [(code, "about car and its kin")]);
        Assert.StartsWith($"The package 'Car, 2.0.0' can't be had. {expected}", said, StringComparison.Ordinal);
        Assert.EndsWith($"\n{code}: about car and its kin", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_one_clear_error()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "nuget.config"),
            "<configuration><packageSources><clear /><add key=\"x\" value=\"http://127.0.0.1:9/index.json\" "
                + "allowInsecureConnections=\"true\" /></packageSources></configuration>",
            TestContext.Current.CancellationToken
        );
        var error = await ErrorAsync("#r \"nuget: No.Such.Package, 1.0.0\"");
        Assert.StartsWith(
            "The package 'No.Such.Package, 1.0.0' can't be had. It is not on this machine, and no source",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_source_may_be_added()
    {
        Directory.Move(Path.Combine(Folder, "feed"), Path.Combine(Folder, "more $(x)'%"));
        Directory.CreateDirectory(Path.Combine(Folder, "feed"));
        Pack("Wheel", "1.0.0", "public static class Wheel { public static int Count => 4; }", feed: "more $(x)'%");
        Assert.Equal(4, await ResultAsync("#i \"nuget: more $(x)'%\"\n#r \"nuget: Wheel, 1.0.0\"\nWheel.Count"));
        Assert.Contains("without ';'", (await ErrorAsync("#i \"nuget: a;b\"")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X\\\" /><Import Project=\\\"evil.props", "can't be the name of a package")]
    [InlineData("$(UserName)", "can't be the name of a package")]
    [InlineData("A;B, 1.0.0", "can't be the name of a package")]
    [InlineData("", "can't be the name of a package")]
    [InlineData("Wheel, 1.0.0\\\" Include=\\\"Other", "can't be a version")]
    [InlineData("Wheel, $([System.IO.File]::ReadAllText(x))", "can't be a version")]
    [InlineData("Wheel, 1.0;2.0", "can't be a version")]
    public async Task A_name_or_version_with_anything_else_in_it_is_refused(string asked, string expected)
    {
        var error = await ErrorAsync($"#r \"nuget: {asked.Replace("\\\"", "'", StringComparison.Ordinal)}\"");
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() =>
            PackageRequest.Parse("nuget: " + asked.Replace("\\\"", "\"", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("nuget: A", "A", null, false)]
    [InlineData("nuget:A.B-c_d,1.2.3-beta.1+x", "A.B-c_d", "1.2.3-beta.1+x", true)]
    [InlineData("NuGet: A, 1.*", "A", "1.*", false)]
    [InlineData("nuget: A, *-*", "A", "*-*", false)]
    [InlineData("nuget: A, [1.0, 2.0)", "A", "[1.0, 2.0)", false)]
    public void A_request_has_a_name_and_a_version(string argument, string name, string? version, bool isExact)
    {
        var request = PackageRequest.Parse(argument);
        Assert.Equal((name, version, isExact), (request.Name, request.Version, request.IsExact));
    }

    [Fact]
    public async Task The_script_of_an_extension_is_executed_where_its_package_is_used_first()
    {
        Pack("Axle", "1.0.0", "public static class Axle { }");
        Pack("Wheel", "1.0.0", Compile("Wheel", "public static class Wheel { public static int Count => 4; }"), "Axle");
        AddExtension("Wheel", "extension.dib", "#!csharp\n\nvar asked = Wheel.Count;\n\n#!markdown\n\nA wheel");
        AddExtension("Axle", "extension.dib", "#!csharp\n\nvar asked = -1;");
        Assert.Equal(5, await ResultAsync("#r \"nuget: Wheel, 1.0.0\"\nasked + 1"));
        Assert.Contains(_recorder.Shown, data => data.Text("text/markdown") == "A wheel");

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
        Assert.Equal(NotLoaded("the file isn't a .NET library"), _recorder.Printed);
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
        Assert.Equal("", _recorder.Printed);
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
            Assert.Equal(shown, _recorder.Shown[^1].Text("text/markdown"));
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
        Assert.Contains("Turns a wheel.", _recorder.Shown[^1].Text("text/plain"), StringComparison.Ordinal);
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
            Assert.Equal("", _recorder.Printed);
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
            _recorder.Printed,
            StringComparison.Ordinal
        );
        Assert.EndsWith("its formatters and #! lines are missing.\n", _recorder.Printed, StringComparison.Ordinal);
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
        Assert.Equal("", _recorder.Printed);
        Assert.Contains(_recorder.Shown, data => data.Text("text/markdown") == "*Rolling*");

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
        Assert.Equal("It turns.", _recorder.Shown[^1].Text("text/markdown"));
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

    private void Pack(string name, string version, string source, string? needs = null, string feed = "feed") =>
        Pack(name, version, Compile(name, source), needs, feed: feed);

    // Signed, so that its version matters.
    private static byte[] Compile(string name, string source, params byte[][] references) =>
        CompileSigned(name, source, typeof(object).Assembly.GetName().GetPublicKey()!, references);

    private static byte[] CompileSigned(string name, string source, byte[] publicKey, params byte[][] references)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            [
                MetadataReference.CreateFromFile(typeof(object).Assembly.Location),
                .. references.Select(reference => MetadataReference.CreateFromImage(reference)),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                cryptoPublicKey: [.. publicKey],
                publicSign: true
            )
        );
        using var bytes = new MemoryStream();
        Assert.True(compilation.Emit(bytes, cancellationToken: TestContext.Current.CancellationToken).Success);
        return bytes.ToArray();
    }

    private void Pack(
        string name,
        string version,
        byte[] assembly,
        string? needs = null,
        string atLeast = "1.0.0",
        string feed = "feed"
    )
    {
        using var package = ZipFile.Open(Path.Combine(Folder, feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var library = package.CreateEntry($"lib/net8.0/{name}.dll").Open())
        {
            library.Write(assembly);
        }

        using var writer = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open());
        var dependency = needs is null ? "" : $"<dependency id=\"{needs}\" version=\"{atLeast}\" />";
        writer.Write(
            $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
            <id>{name}</id><version>{version}</version><authors>a</authors><description>d</description>
            <dependencies><group targetFramework="net8.0">{dependency}</group></dependencies></metadata></package>
            """
        );
    }
}
