using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

public sealed class DirectiveTests : SessionTests
{
    [Fact]
    public async Task A_library_that_is_not_there_is_one_clear_error()
    {
        var error = await ErrorAsync("\n#r \"../out/Lib.dll\"\nusing Lib;");
        var path = Path.GetFullPath(Path.Combine(Folder, "..", "out", "Lib.dll"));
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Equal($"The library {path} was not found. Build it first.", error.Message);
        Assert.Equal(2, error.Line);
        Assert.Equal(
            [
                $"lesson.ipynb (cell 1, line 2): The library {path} was not found. Build it first.",
                "    #r \"../out/Lib.dll\"",
            ],
            error.Traceback
        );
    }

    [Theory]
    [InlineData("var a = 1;\n\n#!unknown", 3)]
    [InlineData("var a = 1;\r\n\r\n#!unknown", 3)]
    [InlineData("var a = 1;\r\r#!unknown", 3)]
    public async Task A_line_is_named_by_its_number_whatever_ends_the_lines(string source, int line) =>
        Assert.Equal(line, (await ErrorAsync(source)).Line);

    [Theory]
    [InlineData("#load \"/dev/urandom\"", "'/dev/urandom' could not be opened")]
    [InlineData("#load \"pipe.csx\"", "'pipe.csx' could not be opened")]
    [InlineData("#!import \"pipe.csx\"", "is a device, a pipe or a socket, not a file.")]
    [InlineData("#!import \"pipe.ipynb\"", "is a device, a pipe or a socket, not a file.")]
    [InlineData("#!value --name x --from-file \"/dev/zero\"", "/dev/zero is a device, a pipe or a socket, not a file.")]
    [InlineData("#i \"/tmp\"", "'/tmp' isn't a source of packages. Write #i \"nuget: /tmp\".")]
    public async Task What_has_no_end_is_not_read_and_what_means_nothing_is_an_error(string source, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        foreach (var pipe in new[] { "pipe.csx", "pipe.ipynb" })
        {
            using var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(Folder, pipe)]);
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains(expected, (await ErrorAsync(source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_a_library_is_one_clear_error()
    {
        Write("text.dll", "no library");
        var error = await ErrorAsync("#r \"text.dll\"");
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Contains("text.dll is not a .NET library", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_is_found_from_the_notebooks_folder()
    {
        var library = typeof(CellError).Assembly.Location;
        var relative = Path.GetRelativePath(Folder, library);
        Assert.Equal(
            "CompilationError",
            await ResultAsync($"#r \"{relative}\"\nRnnCourse.Notebooks.Results.CellError.Compilation")
        );
    }

    [Fact]
    public async Task A_copy_of_a_build_that_the_process_has_is_the_same_build()
    {
        // If one build were loaded twice, its types would be incompatible.
        File.Copy(typeof(CellOutcome).Assembly.Location, Path.Combine(Folder, "RnnCourse.Notebooks.Session.dll"));
        var result = await ResultAsync(
            "#r \"RnnCourse.Notebooks.Session.dll\"\nRnnCourse.Notebooks.Session.Scripting.CellOutcome.Nothing"
        );
        Assert.Same(CellOutcome.Nothing, result);
    }

    [Fact]
    public async Task A_library_may_be_referenced_after_code()
    {
        Assert.Equal(2, await ResultAsync("var x = 1;\n#r \"System.Net.Http\"\nx + 1"));
    }

    [Theory]
    [InlineData("#!mystery --connect", 1)]
    [InlineData("var x = 1;\n  #!fsharpened\nx", 2)]
    public async Task An_unknown_directive_is_named_with_those_that_are_known(string source, int line)
    {
        var error = await ErrorAsync(source);
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Equal(line, error.Line);
        Assert.Matches(
            "^The line #!(mystery|fsharpened) is not known here. The known lines are .*#!import",
            error.Message
        );
    }

    [Theory]
    [InlineData("#!fsharp\nlet x = 1", "F# isn't part of this engine. Write it in C#")]
    [InlineData("#!F#", "F# isn't part of this engine. Write it in C#")]
    [InlineData("1\n#!pwsh\nls", "PowerShell isn't part of this engine. Start programs from C#")]
    [InlineData("#!sql --name x\nselect 1", "Queries aren't part of this engine. Send them from C#")]
    [InlineData("#!kql", "Queries aren't part of this engine. Send them from C#")]
    [InlineData("#!http\nGET x", "Requests aren't part of this engine. Send them from C#")]
    [InlineData("#!python", "Other kernels aren't part of this engine. Run these cells in a notebook of their own")]
    [InlineData("#!connect mssql --kernel-name x", "This engine has one kernel, C#, and connects to no other. Remove")]
    public async Task A_line_of_another_kernel_is_an_error_that_says_what_to_do(string source, string expected)
    {
        var error = await ErrorAsync(source);
        Assert.Equal(CellError.Directive, error.Name);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_directive_that_says_that_a_cell_is_in_CSharp_is_followed()
    {
        Assert.Equal(3, await ResultAsync("#!csharp\n1 + 2"));
    }

    [Fact]
    public async Task Text_that_looks_like_a_directive_stays_text()
    {
        Assert.Equal("#!sql\n#r \"x.dll\"", await ResultAsync("\"\"\"\n#!sql\n#r \"x.dll\"\n\"\"\""));
    }

    [Fact]
    public async Task A_directive_that_is_switched_off_is_not_followed()
    {
        Assert.Equal(1, await ResultAsync("#if NEVER\n#r \"gone.dll\"\n#endif\n1"));
    }

    [Fact]
    public async Task An_imported_file_leaves_its_usings_and_methods()
    {
        Write("setup.cs", "using System.IO;\nint Twice(int x) => 2 * x;");
        await ResultAsync("#!import \"setup.cs\"\nTwice(1)");
        Assert.Equal("b4", await ResultAsync("Path.GetFileName(\"a/b\") + Twice(2)"));
    }

    [Fact]
    public async Task An_exception_in_an_imported_file_shows_that_file()
    {
        Write("setup.cs", "\nvoid Fail() => throw new InvalidOperationException(\"inside\");");
        var error = await ErrorAsync("#!import \"setup.cs\"\nFail();");
        Assert.Equal("   at setup.cs (line 2), in Fail", error.Traceback[1]);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task A_loaded_file_works_and_shows_its_position()
    {
        Write(
            "loaded.csx",
            "int Thrice(int x) => 3 * x;\nvoid Fail() => throw new InvalidOperationException(\"inside\");"
        );
        Assert.Equal(6, await ResultAsync("#load \"loaded.csx\"\nThrice(2)"));
        var error = await ErrorAsync("Fail();");
        Assert.Equal("   at loaded.csx (line 2), in Fail", error.Traceback[1]);
    }

    [Theory]
    [InlineData("#!import \"none.cs\"", "The file to import, ")]
    [InlineData("#!import \"data.json\"", "only .cs, .csx, .ipynb and .dib")]
    [InlineData("#!import", "names no file")]
    public async Task An_import_that_cannot_be_followed_is_one_clear_error(string source, string expected)
    {
        var error = await ErrorAsync(source);
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_of_an_imported_notebook_that_are_for_other_kernels_are_left_out()
    {
        Write(
            "mixed.ipynb",
            """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
              {"cell_type": "code", "id": "a", "metadata": {}, "source": "var one = 1;", "outputs": [], "execution_count": null},
              {"cell_type": "code", "id": "b", "metadata": {"dotnet_interactive": {"language": "fsharp"}}, "source": "let x = 1", "outputs": [], "execution_count": null},
              {"cell_type": "code", "id": "c", "metadata": {}, "source": "one++;", "outputs": [], "execution_count": null}]}
            """
        );
        Assert.Equal(2, await ResultAsync("#!import \"mixed.ipynb\"\none"));
    }

    [Fact]
    public async Task The_CSharp_cells_of_a_notebook_can_be_imported()
    {
        Write(
            "other.ipynb",
            """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
              {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "no code"},
              {"cell_type": "code", "id": "b", "metadata": {}, "source": "var one = 1;", "outputs": [], "execution_count": null},
              {"cell_type": "code", "id": "c", "metadata": {"polyglot_notebook": {"kernelName": "html"}}, "source": "<b>shown</b>", "outputs": [], "execution_count": null},
              {"cell_type": "code", "id": "d", "metadata": {}, "source": "int Fail() => throw new NotSupportedException();", "outputs": [], "execution_count": null}]}
            """
        );
        Assert.Equal(2, await ResultAsync("#!import \"other.ipynb\"\none + 1"));
        Assert.Equal("   at other.ipynb (cell 3, line 1), in Fail", (await ErrorAsync("Fail()")).Traceback[1]);
    }

    [Fact]
    public async Task A_broken_notebook_that_is_imported_is_one_clear_error()
    {
        Write("broken.ipynb", "{");
        var error = await ErrorAsync("#!import \"broken.ipynb\"");
        Assert.Equal(CellError.Directive, error.Name);
        Assert.Contains("is not JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_imports_itself_ends()
    {
        Write("loop.cs", "#!import \"loop.cs\"");
        var error = await ErrorAsync("#!import \"loop.cs\"");
        Assert.Equal("loop.cs imports itself: loop.cs → loop.cs.", error.Message);
    }

    [Fact]
    public async Task Files_that_import_each_other_end_with_the_way_between_them()
    {
        Write("a.cs", "\n#!import \"b.cs\"");
        Write("b.cs", "int b = 1;\n#!import \"a.cs\"");
        var error = await ErrorAsync("#!import \"a.cs\"");
        Assert.Equal("a.cs imports itself: a.cs → b.cs → a.cs.", error.Message);
        Assert.Equal("b.cs (line 2): " + error.Message, error.Traceback[0]);
    }

    [Fact]
    public async Task An_imported_file_finds_files_from_the_notebooks_folder_and_then_from_its_own()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        Write("sub/outer.cs", "#!import \"inner.cs\"\n#load \"deep.csx\"\nint outer = inner + deep;");
        Write("sub/inner.cs", "int inner = 1;");
        Write("sub/deep.csx", "int deep = 10;");
        Assert.Equal(11, await ResultAsync("#!import \"sub/outer.cs\"\nouter"));
        Write("inner.cs", "int inner = 2;");
        Assert.Equal(12, await ResultAsync("#!import \"sub/outer.cs\"\nouter"));
    }

    [Fact]
    public async Task Files_that_load_each_other_are_loaded_once()
    {
        Write("a.csx", "#load \"b.csx\"\nint A() => B();");
        Write("b.csx", "#load \"a.csx\"\nint B() => 7;");
        Assert.Equal(7, await ResultAsync("#load \"a.csx\"\nA()"));
    }

    // As in a session that a learner keeps open: much is declared again, and the file no longer exists.
    [Fact]
    public async Task A_library_that_a_loaded_file_names_is_found_beside_it_and_stays_known()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        File.Copy(typeof(CsCheck.Gen).Assembly.Location, Path.Combine(Folder, "sub", "CsCheck.dll"));
        Write("sub/outer.csx", "#load \"inner.csx\"\nint two = one + 1;");
        Write("sub/inner.csx", "#r \"CsCheck.dll\"\nint one = typeof(CsCheck.Gen).Name.Length - 2;");
        for (var i = 0; i < 12; i++)
        {
            await RunAsync($"var x = {i};");
        }

        Assert.Equal(2, await ResultAsync("#load \"sub/outer.csx\"\ntwo"));
        Directory.Delete(Path.Combine(Folder, "sub"), recursive: true);
        for (var i = 0; i < 60; i++)
        {
            await RunAsync($"var x = {i};");
        }

        Assert.Equal("Gen3", await ResultAsync("typeof(CsCheck.Gen).Name + (one + two)"));
    }

    [Fact]
    public async Task Code_before_an_import_runs_before_it()
    {
        Write("setup.cs", "start += 1;");
        Assert.Equal(11, await ResultAsync("var start = 10;\n#!import \"setup.cs\"\nstart"));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public async Task Lines_stay_exact_whatever_ends_them(string lineEnd)
    {
        var lines = new[]
        {
            "\uFEFF#r \"System.Net.Http\"",
            "#!time",
            "/* a",
            " b */ var x = 1;",
            "#!html",
            "<b>",
            "#!csharp",
            "",
            "var y = x + gone;",
        };
        var error = await ErrorAsync(string.Join(lineEnd, lines));
        Assert.Equal(9, error.Line);
        Assert.Equal("var y = x + gone;", error.SourceLine);
        Assert.Equal("    " + new string(' ', 12) + "^^^^", error.Traceback[2]);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);
}
