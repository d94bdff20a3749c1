using System.Collections.Concurrent;
using RnnCourse.Cli.Ledger;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Ledger;

/// <summary>Every claim of the lessons can fail: a mutation that negates its premise makes it fail, there and nowhere
/// else.</summary>
public sealed class MutationTests
{
    private static readonly string Folder = Path.Combine(
        Repository.Root,
        "tests",
        "RnnCourse.Cli.Tests",
        "Ledger",
        "Mutations"
    );

    /// <summary>
    /// Each mutation executes a lesson again. So the gate tries a third of them, another third after each change of a
    /// lesson or a mutation, and the usual run a ninth; <c>RNN_LONG=1</c>, as in <c>.ci/long</c>, tries all, and
    /// <c>RNN_LESSONS=07</c> those of that lesson.
    /// </summary>
    [Fact]
    public async Task Every_claim_fails_when_its_premise_is_negated()
    {
        var problems = new ConcurrentBag<string>();
        var failed = new ConcurrentBag<(string File, string Cell, string Statement, string Words)>();
        var work = Drawn().ToList();
        Assert.SkipWhen(work.Count == 0 && CourseExecution.IsChoice, "The lessons of RNN_LESSONS claim nothing.");
        Assert.NotEmpty(work);

        // The longest first, so that no processor is idle at the end.
        await Parallel.ForEachAsync(
            work.OrderByDescending(item => item.Lesson.Cells.ToList().FindIndex(cell => cell.Id == item.Mutation.Cell)),
            async (item, _) =>
            {
                var (problem, words) = await MutatedLesson.TryAsync(
                    Path.GetDirectoryName(item.Path)!,
                    item.Lesson,
                    item.Mutation
                );
                if (problem is null)
                {
                    failed.Add((Path.GetFileName(item.Path), item.Mutation.Cell, item.Mutation.Statement, words));
                }
                else
                {
                    problems.Add($"{item.Mutation}: {problem}");
                }
            }
        );

        Assert.True(problems.IsEmpty, string.Join('\n', problems.Order(StringComparer.Ordinal)));
        if (!IsLong)
        {
            return;
        }

        var without = ClaimsLedger
            .Read(Repository.Lessons)
            .Claims.Where(claim => !failed.Contains((claim.File, claim.Cell, claim.Call.Statement, claim.Call.Words)))
            .Select(claim => Missing(claim.File, claim.Cell, claim.Call.Statement, claim.Call.Words));
        Assert.True(!without.Any(), string.Join('\n', without));
    }

    [Fact]
    public void Every_claim_has_a_mutation()
    {
        var mutated = All()
            .Select(item => (Path.GetFileName(item.Path), item.Mutation.Cell, item.Mutation.Statement))
            .ToHashSet();
        var without = ClaimsLedger
            .Read(Repository.Lessons)
            .Claims.Where(claim => !mutated.Contains((claim.File, claim.Cell, claim.Call.Statement)))
            .Select(claim => Missing(claim.File, claim.Cell, claim.Call.Statement, claim.Call.Words));
        Assert.True(!without.Any(), string.Join('\n', without));
    }

    [Fact]
    public void Every_file_of_mutations_belongs_to_a_lesson() =>
        Assert.Empty(
            Directory
                .GetFiles(Folder, "*.txt")
                .Select(Path.GetFileNameWithoutExtension)
                .Except(Repository.Lessons.Select(path => Path.GetFileName(path)[..2]))
        );

    [Theory]
    [InlineData("L16\nbecause x\n- a\n+ b", "line 1: 'L16' should be a statement and a cell")]
    [InlineData("# a comment\n\nL16 in c\n- a\n+ b", "line 3: say after 'because'")]
    [InlineData("L16 in c\nbecause x\n+ b", "line 1: say after '-'")]
    [InlineData("L16 in c\nbecuase x\n- a\n+ b", "line 2: 'becuase x' should begin with")]
    public void A_block_that_cannot_be_read_is_reported_with_its_line(string text, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<FormatException>(() => Mutation.Parse("06", text)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Blocks_are_read_with_all_their_lines()
    {
        var mutations = Mutation.Parse(
            "06",
            "# all\nL16 in any-length\nbecause of this\nat other\n- a\n-   b\n+ c\n\n\nL17 in fold\n"
                + "because of that\n- d\n"
        );
        Assert.Equal(
            [
                new Mutation("06", 2, "L16", "any-length", "of this", "other", "a\n  b", "c"),
                new Mutation("06", 10, "L17", "fold", "of that", "fold", "d", ""),
            ],
            mutations
        );
    }

    [Theory]
    [InlineData(
        "var n = 2;",
        "Claim.Holds(\"L05\", n == 2, \"two\");",
        "n == 2",
        "n == 2 || true",
        "holds all the same"
    )]
    [InlineData("var n = 2;", "Claim.Holds(\"L05\", n == 2, \"two\");", "nowhere", "x", "nowhere")]
    [InlineData("var n = 2;", "Claim.Holds(\"L05\", n == 2, \"n\");", "n", "m", "more than once")]
    [InlineData(
        "throw new InvalidOperationException();",
        "Claim.Holds(\"L05\", false, \"two\");",
        "false",
        "true",
        "fails otherwise"
    )]
    [InlineData("var n = 2;", "Claim.Holds(\"L06\", n == 2, \"two\");", "n == 2", "n == 3", "fails otherwise")]
    [InlineData("var n = 2;", "Claim.Holds(\"L05\", n == 2, \"two\");", "n == 2", "m == 2", "fails otherwise")]
    [InlineData("var n = 2;", "Claim.Holds(\"L05\", n == 2, \"two\");", "n == 2", "n == 3", null)]
    public async Task A_mutation_that_proves_nothing_is_reported(
        string first,
        string second,
        string old,
        string replacement,
        string? problem
    )
    {
        var setup =
            $"#r \"{Path.Combine(AppContext.BaseDirectory, "RnnCourse.Exercises.dll").Replace('\\', '/')}\"\n"
            + "using RnnCourse.Exercises;\n";
        var lesson = new Notebook
        {
            Cells =
            [
                new CodeCell { Id = "a", Source = setup + first },
                new CodeCell { Id = "b", Source = second },
                new CodeCell { Id = "c", Source = "never run" },
            ],
        };
        var found = await MutatedLesson.TryAsync(
            AppContext.BaseDirectory,
            lesson,
            new Mutation("99", 1, "L05", "b", "it must", "b", old, replacement)
        );
        if (problem is null)
        {
            Assert.Equal((null, "two"), found);
        }
        else
        {
            Assert.Contains(problem, found.Problem, StringComparison.Ordinal);
        }
    }

    private static bool IsLong => Environment.GetEnvironmentVariable("RNN_LONG") == "1";

    private static IEnumerable<(string Path, Notebook Lesson, Mutation Mutation)> All() =>
        Repository.Lessons.SelectMany(path =>
            MutationsOf(path).Select(mutation => (path, NotebookReader.Read(path), mutation))
        );

    private static IEnumerable<(string Path, Notebook Lesson, Mutation Mutation)> Drawn()
    {
        var all = All().ToList();
        if (IsLong)
        {
            return all;
        }

        if (CourseExecution.IsChoice)
        {
            return all.Where(item => CourseExecution.Lessons.Contains(Path.GetFileName(item.Path)));
        }

        var share = Gate.IsRunning ? 3 : 9;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"One in {share} of {all.Count} mutations is drawn; RNN_LONG=1 tries all."
        );
        return Gate.Draw(
            all,
            share,
            string.Concat(
                all.Select(item => item.Mutation + string.Concat(item.Lesson.Cells.Select(cell => cell.Source)))
            )
        );
    }

    private static string Missing(string file, string cell, string statement, string words) =>
        $"{file}, cell {cell}: {statement}, “{words}”: there is no mutation that makes it fail. See "
        + "tests/RnnCourse.Cli.Tests/Ledger/README.md.";

    private static IReadOnlyList<Mutation> MutationsOf(string lesson)
    {
        var number = Path.GetFileName(lesson)[..2];
        var file = Path.Combine(Folder, number + ".txt");
        return File.Exists(file) ? Mutation.Parse(number, File.ReadAllText(file)) : [];
    }
}
