using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Session.Exporting;

/// <summary>The lines of a cell that are not C#.</summary>
public sealed class SectionReaderTests : IDisposable
{
    private readonly Exports _exports = new();

    public void Dispose() => _exports.Dispose();

    [Fact]
    public async Task Imported_and_loaded_files_stand_where_they_are_named()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(
            Path.Combine(_exports.Folder, "setup.cs"),
            "using System.IO;\nint Two() => 2;\n",
            cancellation
        );
        await File.WriteAllTextAsync(
            Path.Combine(_exports.Folder, "more.csx"),
            "var three = Two() + 1;\n",
            cancellation
        );
        var program = await _exports.ProgramOf(
            "#!import \"setup.cs\"\nvar one = 1;",
            "#load \"more.csx\"\nPath.Combine($\"{three}\", $\"{one}\")"
        );
        Assert.Equal("int Two() => 2;\n\nvar one = 1;", Exports.Section(program, "Cell 1: cell-1"));
        Assert.Equal(
            "var three = Two() + 1;\n\ndisplay(Path.Combine($\"{three}\", $\"{one}\"));",
            Exports.Section(program, "Cell 2: cell-2")
        );
    }

    [Fact]
    public async Task A_file_may_be_imported_by_several_cells()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_exports.Folder, "hello.cs"),
            "Console.WriteLine(\"hello\");",
            TestContext.Current.CancellationToken
        );
        var program = await _exports.ProgramOf("#!import \"hello.cs\"", "#!import \"hello.cs\"");
        Assert.Equal("Console.WriteLine(\"hello\");", Exports.Section(program, "Cell 1: cell-1"));
        Assert.Equal("Console.WriteLine(\"hello\");", Exports.Section(program, "Cell 2: cell-2"));
    }

    [Fact]
    public async Task Files_that_are_missing_or_import_themselves_are_named_with_the_line()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_exports.Folder, "self.cs"),
            "#!import \"self.cs\"",
            TestContext.Current.CancellationToken
        );
        Assert.StartsWith(
            "a.ipynb (cell 1, line 2): The file to import, ",
            await _exports.ProblemOf("var x = 1;\n#!import \"gone.cs\""),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "self.cs (line 1): self.cs imports itself: self.cs → self.cs.",
            await _exports.ProblemOf("#!import \"self.cs\""),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Other_languages_are_printed_as_a_notebook_shows_them_in_text()
    {
        var program = await _exports.ProgramOf(
            "#!html\n<b>\"\"\"hi\"\"\"</b>",
            "#!mermaid\ngraph LR",
            "1\n#!csharp\n2"
        );
        Assert.Equal(
            "\"\"\"\"\n<b>\"\"\"hi\"\"\"</b>\n\"\"\"\".DisplayAs(\"text/html\");",
            Exports.Section(program, "Cell 1: cell-1")
        );
        Assert.Equal("Console.WriteLine(\"\"\"\ngraph LR\n\"\"\");", Exports.Section(program, "Cell 2: cell-2"));
        Assert.Equal("display(1);\n\ndisplay(2);", Exports.Section(program, "Cell 3: cell-3"));
    }

    [Fact]
    public async Task Time_is_taken_and_a_list_of_variables_is_refused()
    {
        Assert.Equal(
            "var clock = System.Diagnostics.Stopwatch.StartNew();\n\nvar x = 1;\n\ndisplay($\"Wall "
                + "time: {clock.Elapsed.TotalMilliseconds}ms\");",
            await _exports.StatementsOf(1, "#!time\nvar x = 1;")
        );
        Assert.StartsWith(
            "a.ipynb (cell 2, line 2): #!whos works in a notebook only",
            await _exports.ProblemOf("1", "2\n#!whos"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "#!hint 06.1a",
        "#!hint 06.1a isn't a line that this engine knows. If the extension of a package adds it"
    )]
    [InlineData("#!fsharp", "F# isn't part of this engine")]
    public async Task A_line_that_an_extension_may_add_is_refused_with_that_reason(string line, string expected)
    {
        var problem = await _exports.ProblemOf("#r \"nuget: Markdig, 1.6.0\"", $"var x = 1;\n{line}");
        Assert.StartsWith("a.ipynb (cell 2, line 2): ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.Equal(
            line.StartsWith("#!hint", StringComparison.Ordinal),
            problem.Contains("a program loads no extensions", StringComparison.Ordinal)
        );
        Assert.Contains(
            line.StartsWith("#!hint", StringComparison.Ordinal) ? "is not known here" : "F#",
            await _exports.ProblemOf("1", line),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Packages_and_the_projects_of_libraries_become_lines_of_the_program()
    {
        // The output folder of this test's own project.
        var library = Path.Combine(AppContext.BaseDirectory, "RnnCourse.Notebooks.dll").Replace('\\', '/');
        var program = await _exports.ProgramOf(
            $"#r \"nuget: Markdig, 1.6.0\"\n#r \"{library}\"\n#r \"System.Net.Http\"\nMarkdig.Markdown.ToHtml(\"a\")"
        );
        Assert.Contains("#:package Markdig@1.6.0\n", program, StringComparison.Ordinal);
        Assert.Contains(
            "/tests/RnnCourse.Notebooks.Tests/RnnCourse.Notebooks.Tests.csproj\n",
            program,
            StringComparison.Ordinal
        );
        Assert.Equal(2, program.Split("#:project ").Length - 1);
        Assert.Equal("display(Markdig.Markdown.ToHtml(\"a\"));", Exports.Section(program, "Cell 1: cell-1"));
    }

    [Fact]
    public async Task A_program_names_the_versions_that_stood_in_for_those_that_could_not_be_had()
    {
        var feed = Directory.CreateDirectory(Path.Combine(_exports.Folder, "feed")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(_exports.Folder, "nuget.config"),
            """
            <configuration>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="cache" /></config>
            </configuration>
            """,
            TestContext.Current.CancellationToken
        );
        EmptyPackage.Write(feed, "Car", "1.0.0", ("Wheel", "1.0.0"), ("Axle", "2.0.0"));
        EmptyPackage.Write(feed, "Wheel", "1.0.5");
        EmptyPackage.Write(feed, "Axle", "2.0.0");
        var program = await _exports.ProgramOf("#r \"nuget: Car, 1.0.0\"\n1");
        Assert.Contains(
            "#:package Car@1.0.0\n#:package Wheel@1.0.5\n#:property ManagePackageVersionsCentrally=false\n",
            program,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_library_that_no_known_project_builds_is_refused_with_what_to_do()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Markdig.dll"), Path.Combine(_exports.Folder, "Own.dll"));
        var problem = await _exports.ProblemOf("#r \"Own.dll\"");
        Assert.StartsWith(
            "a.ipynb (cell 1, line 1): A program of one file can use projects and packages, and no "
                + "project is known that builds ",
            problem,
            StringComparison.Ordinal
        );
        Assert.EndsWith("or use a package: #r \"nuget: Name, Version\".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_for_an_unknown_kernel_is_refused()
    {
        var cell = new CodeCell { Id = "c", Source = "#!fsharp\n1" };
        var problem = await Assert.ThrowsAsync<RnnCourse.Notebooks.Session.Exporting.ExportException>(() =>
            _exports.ProgramOf(cell)
        );
        Assert.StartsWith(
            "a.ipynb (cell 1, line 1): F# isn't part of this engine.",
            problem.Message,
            StringComparison.Ordinal
        );
    }
}
