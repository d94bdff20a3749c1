using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Running;
using RnnCourse.Notebooks.Tests.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Running;

/// <summary>What a run stores of the text and the values that cells show. All cells belong to one notebook.</summary>
public sealed class KeptOutputsTests(KeptOutputsTests.Run run) : IClassFixture<KeptOutputsTests.Run>
{
    private static readonly (string Behaviour, (string Source, string[] Outputs)[] Cells)[] Cases =
    [
        (
            "Outputs are kept in order and by kind",
            [
                (
                    "Console.Write(\"a\");\nConsole.WriteLine(\"b\");\nConsole.Error.WriteLine(\"warning\");\n"
                        + "Console.WriteLine(\"c\");\n1 + 1",
                    ["stdout:ab\n", "stderr:warning\n", "stdout:c\n", "result:text/plain=2"]
                ),
                (
                    "display(\"shown\");\nHTML(\"<i>x</i>\").Display();\n"
                        + "\"{}\".DisplayAs(\"application/json\");\nConsole.WriteLine(\"after\");",
                    [
                        "display:text/plain=shown",
                        "display:text/html,text/plain=x",
                        "display:application/json,text/plain={}",
                        "stdout:after\n",
                    ]
                ),
            ]
        ),
        (
            "An update replaces what an earlier cell showed",
            [
                (
                    "var shown = display(\"old\");\ndisplay(\"other\");",
                    ["display:text/plain=new", "display:text/plain=other"]
                ),
                ("shown.Update(\"new\");", []),
            ]
        ),
        (
            "The working directory is the notebook's folder",
            [("System.IO.File.ReadAllText(\"data.txt\")", ["result:text/plain=content"])]
        ),
        (
            "Text written past the console is kept with its cell",
            [
                (
                    "var real = Console.OpenStandardOutput();\nreal.Write(Encoding.UTF8.GetBytes(\"past ä\\n"
                        + "\"));\nConsole.WriteLine(\"through\");",
                    ["stdout:through\npast ä\n"]
                ),
                (
                    "var error = Console.OpenStandardError();\n"
                        + "error.Write(Encoding.UTF8.GetBytes(\"{\\\"event\\\":\\\"done\\\"}\\n\"));\n2",
                    ["result:text/plain=2", "stderr:{\"event\":\"done\"}\n"]
                ),
            ]
        ),
        ("A cell that reads the console finds nothing", [("Console.ReadLine() is null", ["result:text/plain=True"])]),
        (
            "A cell that sends the console elsewhere does so for itself only",
            [
                ("Console.SetOut(System.IO.TextWriter.Null);\nConsole.WriteLine(\"lost\");", []),
                ("Console.WriteLine(\"here again\");", ["stdout:here again\n"]),
            ]
        ),
    ];

    public static TheoryData<string> Behaviours => [.. Cases.Select(one => one.Behaviour)];

    [Theory]
    [MemberData(nameof(Behaviours))]
    public void What_cells_print_and_show_is_kept(string behaviour)
    {
        var number = Array.FindIndex(Cases, one => one.Behaviour == behaviour);
        Assert.Equal(Cases[number].Cells.Select(cell => cell.Outputs), run.OutputsOf(number));
    }

    /// <summary>The run of a notebook that holds the cells of all cases.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private IEnumerable<CodeCell> _executed = [];

        public async ValueTask InitializeAsync()
        {
            var folder = Directory.CreateTempSubdirectory("runner").FullName;
            try
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "data.txt"), "content");
                var cells = Cases.SelectMany(
                    (one, number) =>
                        one.Cells.Select((cell, i) => new CodeCell { Id = $"{number}-{i}", Source = cell.Source })
                );
                await using var runner = new NotebookRunner(new RunnerOptions(SessionProcessProgram.Start));
                var run = await runner.RunAsync(
                    Path.Combine(folder, "lesson.ipynb"),
                    new Notebook { Cells = [.. cells] },
                    progress: null,
                    TestContext.Current.CancellationToken
                );
                Assert.Null(run.Failure);
                _executed = run.Executed.Cells.OfType<CodeCell>();
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        public ValueTask DisposeAsync() => default;

        internal IEnumerable<string[]> OutputsOf(int number) =>
            _executed
                .Where(cell => cell.Id.StartsWith($"{number}-", StringComparison.Ordinal))
                .Select(cell => cell.ToLines());
    }
}
