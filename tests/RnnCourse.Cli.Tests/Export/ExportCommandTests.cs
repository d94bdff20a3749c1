using System.Diagnostics;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Exporting;

namespace RnnCourse.Cli.Tests.Export;

public sealed class ExportCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task A_program_prints_what_the_notebook_shows()
    {
        _rnn.Write(
            "01-a.ipynb",
            "# Title",
            "using System.Globalization;\nusing System.IO;\nvar items = new List<int> { 1, 2, 3 };\n"
                + "Console.WriteLine($\"{1234.5:N1} {Path.GetFileName(Environment.CurrentDirectory)}\");",
            "record Point(int X, double Y);\nstring Show(int i) => $\"int {i}\";\nstring Show(string s) "
                + "=> $\"text {s}\";\nforeach (var x in items) Console.Write(Show(x) + Show(\"\"));",
            "var x = new Point(1, 0.5);\ndisplay(x);\nHTML(\"<b>bold</b>\").Display();\nx",
            "int count;\nvoid Count() => count++;\nCount();\nvar x = await Task.FromResult(new { count "
                + "});\n$\"{nameof(x)} {x}\"",
            "string missing = null;\nmissing ?? \"\u201cnothing\u201d\"",
            "#!html\n<p>text</p>"
        );
        var run = await _rnn.RunAsync("run", "--output", _rnn.PathOf("executed"));
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var export = await _rnn.RunAsync("export", "--format", "cs");
        Assert.Equal((0, ""), (export.ExitCode, export.Errors));
        Assert.EndsWith("1 of 1 notebook exported.\n", export.Output, StringComparison.Ordinal);

        var (exitCode, printed, errors) = await RunAsync(_rnn.PathOf("artifacts", "export", "01-a.cs"));

        Assert.True(exitCode == 0, printed + errors);
        Assert.Equal(
            "",
            ProgramOutput.FindDifference(NotebookReader.Read(_rnn.PathOf("executed", "01-a.ipynb")), printed) ?? ""
        );
        Assert.StartsWith(
            "1,234.5 notebooks\nint 1text int 2text",
            printed.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("html")]
    [InlineData("ipynb")]
    public async Task What_is_handed_in_has_no_scratch_cells_and_replaces_only_what_was_exported(string format)
    {
        _rnn.Write("01-a.ipynb", "# Title", "var answer = 42;", "var tried = 1;");
        var path = _rnn.PathOf("notebooks", "01-a.ipynb");
        var notebook = NotebookReader.Read(path);
        NotebookWriter.Write(
            notebook with
            {
                Cells =
                [
                    .. notebook.Cells.Take(2),
                    notebook.Cells[2] with
                    {
                        Metadata = new System.Text.Json.Nodes.JsonObject
                        {
                            ["tags"] = new System.Text.Json.Nodes.JsonArray("scratch"),
                        },
                    },
                ],
            },
            path
        );
        var target = _rnn.PathOf("artifacts", "export", "01-a." + format);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var export = await _rnn.RunAsync("export", "--format", format);
            Assert.Equal((0, ""), (export.ExitCode, export.Errors));
            var text = await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken);
            Assert.Contains("answer", text, StringComparison.Ordinal);
            Assert.DoesNotContain("tried", text, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(target, "mine", TestContext.Current.CancellationToken);
        Assert.Equal(4, (await _rnn.RunAsync("export", "--format", format)).ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("notebooks/07-a.ipynb")]
    [InlineData("my/07-a.ipynb")]
    [InlineData("notebooks/solutions/07-a.ipynb")]
    public async Task A_page_explains_the_words_of_the_course_also_in_a_copy_of_a_lesson(string path)
    {
        _rnn.Write("07-a.ipynb", "# Title\n\nIts loss, $W$.");
        await File.WriteAllTextAsync(
            _rnn.PathOf("notebooks", "GLOSSARY.md"),
            "| term | meaning | lesson |\n|---|---|---|\n| loss | How bad it is. | [04](x.ipynb) |\n",
            TestContext.Current.CancellationToken
        );
        Directory.CreateDirectory(Path.GetDirectoryName(_rnn.PathOf(path))!);
        if (!File.Exists(_rnn.PathOf(path)))
        {
            File.Copy(_rnn.PathOf("notebooks", "07-a.ipynb"), _rnn.PathOf(path));
        }

        var export = await _rnn.RunAsync("export", "--format", "html", "--output", _rnn.PathOf("pages"), path);
        Assert.Equal((0, ""), (export.ExitCode, export.Errors));
        Assert.Contains(
            "title=\"loss: How bad it is.\"",
            await File.ReadAllTextAsync(
                Directory.EnumerateFiles(_rnn.PathOf("pages"), "07-a.html", SearchOption.AllDirectories).Single(),
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_program_runs_in_a_repository_that_sets_other_versions_and_properties()
    {
        _rnn.Write("01-a.ipynb", "display(new { Answer = 42 });");
        await File.WriteAllTextAsync(
            _rnn.PathOf("Directory.Build.props"),
            """
            <Project>
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsAsErrors>NU1603;CS8600</WarningsAsErrors>
                <Nullable>enable</Nullable>
                <DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>
              </PropertyGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            _rnn.PathOf("Directory.Packages.props"),
            """
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
              </PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="Microsoft.AspNetCore.Html.Abstractions" Version="2.2.0" />
                <PackageVersion Include="Markdig" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(0, (await _rnn.RunAsync("export")).ExitCode);

        var (exitCode, printed, errors) = await RunAsync(_rnn.PathOf("artifacts", "export", "01-a.cs"));

        Assert.True(exitCode == 0, printed + errors);
        Assert.Equal("{ Answer = 42 }", printed.Trim());
    }

    [Fact]
    public async Task A_notebook_that_cannot_be_a_program_is_named_and_the_others_are_exported()
    {
        _rnn.Write("01-a.ipynb", "var x = 1;\nreturn x;");
        _rnn.Write("02-b.ipynb", "1");
        var result = await _rnn.RunAsync("export", "-o", "out");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            "rnn: 01-a.ipynb (cell 1, line 2): A cell that returns",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.EndsWith("1 of 2 notebooks exported.\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(["02-b.cs"], Directory.EnumerateFiles(_rnn.PathOf("out"), "*.cs").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_file_that_someone_else_wrote_is_not_replaced()
    {
        _rnn.Write("01-a.ipynb", "1");
        await File.WriteAllTextAsync(
            _rnn.PathOf("notebooks", "01-a.cs"),
            "// mine",
            TestContext.Current.CancellationToken
        );
        var result = await _rnn.RunAsync("export", "--output", "notebooks");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains(
            "was not written by 'rnn export', so it is not replaced.",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "// mine",
            await File.ReadAllTextAsync(_rnn.PathOf("notebooks", "01-a.cs"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_and_the_others_are_exported()
    {
        _rnn.Write("01-a.ipynb", "1");
        var result = await _rnn.RunAsync("export", "-o", "out", "gone.ipynb", "notebooks");
        Assert.Equal((4, "rnn: gone.ipynb: There is no such file.\n"), (result.ExitCode, result.Errors));
        Assert.EndsWith("1 of 2 notebooks exported.\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "rnn: --format takes cs, html, ipynb, not 'py'.\nTry 'rnn export --help'.\n",
        "export",
        "--format",
        "py"
    )]
    [InlineData("rnn: Unknown option '--fast'.\nTry 'rnn export --help'.\n", "export", "--fast")]
    public async Task Wrong_usage_is_reported(string errors, params string[] arguments)
    {
        var result = await _rnn.RunAsync(arguments);
        Assert.Equal((2, errors), (result.ExitCode, result.Errors));
    }

    // Restore takes packages from the machine's own folder of them, where the build of these tests has put them.
    private static async Task<(int ExitCode, string Printed, string Errors)> RunAsync(string program)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["run", "-c", "Release", program])
            {
                WorkingDirectory = Path.GetDirectoryName(program),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, printed, await errors);
    }
}
