using RnnCourse.Cli.Ledger;
using RnnCourse.Exercises;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Ledger;

public sealed class ClaimsLedgerTests
{
    [Fact]
    public void Every_statement_of_the_lecture_is_asserted_by_a_cell() =>
        Assert.Empty(ClaimsLedger.Read(Repository.Lessons).Uncovered);

    [Fact]
    public void The_stored_ledger_is_what_the_lessons_say() =>
        Assert.Equal(
            ClaimsLedger.Read(Repository.Lessons).ToMarkdown(),
            File.ReadAllText(Path.Combine(Repository.Root, "notebooks", "CLAIMS.md")).ReplaceLineEndings("\n")
        );

    [Fact]
    public void A_statement_without_a_cell_is_found() =>
        Assert.Equal(
            Lecture.Statements.Keys.Except(["L05", "L07"]),
            new ClaimsLedger(
                ClaimsLedger.Of(
                    "04-x.ipynb",
                    Lesson("Claim.Holds(\"L05\", true, \"a\");\nClaim.Holds(\"L07\", true, \"b\");")
                )
            ).Uncovered
        );

    [Fact]
    public void Calls_are_read_however_they_are_laid_out_and_not_from_comments_or_texts() =>
        Assert.Equal(
            [new ClaimCall("L05", "one and two"), new ClaimCall("L06", "a \"quote\""), new ClaimCall("L07", "said")],
            ClaimCalls.In(
                """
                // Claim.Holds("L01", true, "a comment");
                var text = "Claim.Holds(\"L02\", true, \"a text\")";
                Claim.Holds("L05", text.Length == F(1, ")"),
                    "one "
                    + "and two");
                void Check() { Claim.Holds("L06", true, "a \"quote\""); }
                Claim.Holds(statement: "L07", condition: true, inWords: @"said")
                """
            )
        );

    [Theory]
    [InlineData("Claim.Holds(name, true, \"a\");", "string literals")]
    [InlineData("Claim.Holds(\"L05\", true, $\"{n} steps\");", "string literals")]
    [InlineData("Claim.Holds(\"L05\", true);", "three arguments")]
    [InlineData("Claim.Holds(\"L21\", true, \"a\");", "L01 to L20")]
    public void A_claim_that_cannot_be_quoted_is_reported_with_its_cell(string source, string problem)
    {
        var error = Assert.Throws<LedgerException>(() => ClaimsLedger.Of("04-x.ipynb", Lesson(source)));
        Assert.StartsWith("04-x.ipynb, cell claim: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_be_markup_in_the_table_is_escaped()
    {
        var page = new ClaimsLedger(
            ClaimsLedger.Of("04-x.ipynb", Lesson("Claim.Holds(\"L05\", true, \"a | b, s_i < *c*\");"))
        ).ToMarkdown();
        Assert.Contains("[04](04-x.ipynb) `claim`: a \\| b, s\\_i &lt; \\*c\\* |\n", page, StringComparison.Ordinal);
    }

    private static Notebook Lesson(string source) => new() { Cells = [new CodeCell { Id = "claim", Source = source }] };
}
