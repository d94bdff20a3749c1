using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Session.Exporting;

public sealed class ProgramExporterTests : IDisposable
{
    private readonly Exports _exports = new();

    public void Dispose() => _exports.Dispose();

    [Fact]
    public async Task Text_becomes_comments_and_each_cell_has_its_number_and_id()
    {
        var program = await _exports.ProgramOf(
            new MarkdownCell { Id = "t", Source = "# Title\n\nSome *text*." },
            new CodeCell { Id = "first", Source = "var x = 1;   // one" },
            new CodeCell { Id = "blank", Source = " \n" },
            new CodeCell { Id = "second", Source = "Console.WriteLine(x);" }
        );
        Assert.Contains(
            "\n// # Title\n//\n// Some *text*.\n\n// ── Cell 1: first ──",
            program,
            StringComparison.Ordinal
        );
        Assert.Equal("var x = 1;   // one", Exports.Section(program, "Cell 1: first"));
        Assert.Equal("Console.WriteLine(x);", Exports.Section(program, "Cell 2: second"));
    }

    [Fact]
    public async Task The_head_says_how_to_run_it_and_keeps_the_folder_of_the_notebook()
    {
        var program = await _exports.ProgramOf("1");
        Assert.StartsWith(
            "// Made from a.ipynb: change the notebook, and export it again.\n",
            program,
            StringComparison.Ordinal
        );
        Assert.Contains("// Run it: dotnet run -c Release a.cs\n", program, StringComparison.Ordinal);
        Assert.Contains("#:project ../lib/Engine.csproj\n", program, StringComparison.Ordinal);
        Assert.Contains("#:property InvariantGlobalization=false\n", program, StringComparison.Ordinal);
        Assert.Contains(
            "(string)AppContext.GetData(\"EntryPointFileDirectoryPath\"), \"..\");",
            program,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Using_lines_come_first_each_once_and_aliases_last()
    {
        var program = await _exports.ProgramOf(
            "using static System.Math;   // Max\nusing C = System.Globalization.CultureInfo;\nusing "
                + "System.IO;\nvar m = Max(1, 2);",
            "using System.IO;\nusing System.Linq;\nPath.Combine(\"a\", C.InvariantCulture.Name)"
        );
        var usings = program[
            program.IndexOf("using System;", StringComparison.Ordinal)..program.IndexOf(
                "// Paths in",
                StringComparison.Ordinal
            )
        ];
        Assert.Equal(1, usings.Split("using System.Linq;").Length - 1);
        Assert.EndsWith(
            "using System.IO;\nusing static RnnCourse.Notebooks.Session.Display.DisplayHelpers;\nusing static "
                + "RnnCourse.Notebooks.Session.Display.HostHelpers;\n"
                + "using static System.Math;   // Max\nusing C = System.Globalization.CultureInfo;\n\n",
            usings,
            StringComparison.Ordinal
        );
        Assert.Equal("var m = Max(1, 2);", Exports.Section(program, "Cell 1: cell-1"));
        Assert.Equal(
            "display(Path.Combine(\"a\", C.InvariantCulture.Name));",
            Exports.Section(program, "Cell 2: cell-2")
        );
    }

    [Fact]
    public async Task Types_come_last()
    {
        var program = await _exports.ProgramOf(
            "// A pair.\npublic record Pair(int A, int B);",
            "enum Kind { Odd, Even }\nnew Pair(1, (int)Kind.Even).A"
        );
        Assert.Equal(
            "// The declarations of this cell are at the end of the file.",
            Exports.Section(program, "Cell 1: cell-1")
        );
        Assert.Equal("display(new Pair(1, (int)Kind.Even).A);", Exports.Section(program, "Cell 2: cell-2"));
        Assert.Equal("// A pair.\nrecord Pair(int A, int B);", Exports.Section(program, "Types of cell 1: cell-1"));
        Assert.Equal("enum Kind { Odd, Even }", Exports.Section(program, "Types of cell 2: cell-2"));
    }

    [Theory]
    [InlineData("1 + 1", "display(1 + 1);")]
    [InlineData(
        "new[] { 1 }\n    .Select(i => i)   // all\n    .ToList()  // end",
        "display(new[] { 1 }\n    .Select(i => i)   // all\n    .ToList());  // end"
    )]
    [InlineData("Console.WriteLine(1)", "Console.WriteLine(1);")]
    [InlineData("display(1)", "display(1);")]
    [InlineData("await Task.FromResult(2)", "display(await Task.FromResult(2));")]
    [InlineData("1.ToString();", "1.ToString();")]
    public async Task A_last_expression_is_shown_unless_it_has_no_value_or_is_a_display(
        string cell,
        string statements
    ) => Assert.Equal(statements, await _exports.StatementsOf(1, cell));

    [Theory]
    [InlineData("int total;\nvoid Add() => total++;", "int total = default;\nvoid Add() => total++;")]
    [InlineData("public static string a, b = \"x\";", "string a = default, b = \"x\";")]
    [InlineData(
        "public static async Task<int> Two() => await Task.FromResult(2);",
        "async Task<int> Two() => await Task.FromResult(2);"
    )]
    [InlineData("const int N = 3;", "const int N = 3;")]
    [InlineData("int Later() => x;\nvar x = 1;", "var x = 1;\n\nint Later() => x;")]
    public async Task Variables_and_methods_of_a_script_become_local_ones(string cell, string statements) =>
        Assert.Equal(statements, await _exports.StatementsOf(1, cell));

    [Fact]
    public async Task What_is_expected_to_fail_is_caught_and_what_is_to_be_skipped_is_a_comment()
    {
        var program = await _exports.ProgramOf(
            Exports.Tagged("raises-exception", "throw new InvalidOperationException(\"no\");"),
            Exports.Tagged("raises-exception:CompilationError", "int x = \"one\";") with
            {
                Id = "wrong",
            },
            Exports.Tagged("skip-execution", "while (true) { }\nthis is no C#")
        );
        Assert.Equal(
            "try\n{\nthrow new InvalidOperationException(\"no\");\n}\ncatch (Exception expected)   // the cell is "
                + "there to show it\n{\n    Console.WriteLine($\"{expected.GetType()}: {expected.Message}\");\n}",
            Exports.Section(program, "Cell 1: raises-exception")
        );
        Assert.Equal("// int x = \"one\";", Exports.Section(program, "Cell 2: wrong"));
        Assert.Equal("// while (true) { }\n// this is no C#", Exports.Section(program, "Cell 3: skip-execution"));
    }

    [Theory]
    [InlineData("var x = 1;\nreturn x;", "a.ipynb (cell 1, line 2): A cell that returns would end the whole program.")]
    [InlineData(
        "\nint Twice => 2;",
        "a.ipynb (cell 1, line 2): A program can't declare this outside of a type: int Twice => 2;"
    )]
    [InlineData(
        "const int N = 3;\nclass A { int n = N; }",
        "a.ipynb (cell 1, line 2): In a program a type can't use 'N'"
    )]
    [InlineData("var x = y;", "a.ipynb (cell 1, line 1): CS0103")]
    public async Task What_a_program_cannot_have_is_named_with_cell_and_line(string cell, string problem) =>
        Assert.StartsWith(problem, await _exports.ProblemOf(cell), StringComparison.Ordinal);

    [Fact]
    public async Task What_compiles_as_a_script_only_is_found_before_anyone_runs_it() =>
        Assert.StartsWith(
            "a.ipynb (cell 2: cell-2): As a program, this does not compile: CS",
            await _exports.ProblemOf(
                "int Half(int x) => y / x;\nint y = 1;",
                "System.Linq.Expressions.Expression<Func<int>> e = () => Half(2);"
            ),
            StringComparison.Ordinal
        );
}
