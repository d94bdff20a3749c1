namespace RnnCourse.Exercises.Tests;

public sealed class ClaimTests
{
    [Theory]
    [InlineData("L01")]
    [InlineData("L09")]
    [InlineData("L10")]
    [InlineData("L20")]
    public void A_claim_that_holds_is_said_on_the_console(string statement) =>
        Assert.Equal(
            $"{statement} ✓ one is one.{Environment.NewLine}",
            Said(() => Claim.Holds(statement, true, "one is one"))
        );

    [Fact]
    public void A_claim_that_does_not_hold_throws_and_says_nothing_on_the_console() =>
        Assert.Empty(
            Said(() =>
            {
                var error = Assert.Throws<ClaimFailedException>(() => Claim.Holds("L07", false, "one is two"));
                Assert.Equal("L07 does not hold: one is two.", error.Message);
            })
        );

    [Fact]
    public void A_claim_of_a_lesson_needs_no_statement_and_fails_alike()
    {
        Assert.Equal($"✓ one is one{Environment.NewLine}", Said(() => Claim.Holds(true, "one is one")));
        var error = Assert.Throws<ClaimFailedException>(() => Claim.Holds(false, "one is two"));
        Assert.Equal("This does not hold: one is two.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("L0")]
    [InlineData("L00")]
    [InlineData("L21")]
    [InlineData("L29")]
    [InlineData("L31")]
    [InlineData("l07")]
    [InlineData("L7")]
    [InlineData("L007")]
    [InlineData("L1x")]
    [InlineData(" L07")]
    public void A_claim_for_an_unknown_statement_is_refused_whether_it_holds_or_not(string statement)
    {
        foreach (var condition in new[] { true, false })
        {
            var error = Assert.Throws<ArgumentException>(
                nameof(statement),
                () => Claim.Holds(statement, condition, "anything")
            );
            Assert.Contains("L01 to L20", error.Message, StringComparison.Ordinal);
        }
    }

    private static readonly Lock Gate = new();

    // The console belongs to the whole process; no other test of this project writes to it.
    private static string Said(Action action)
    {
        lock (Gate)
        {
            var console = Console.Out;
            using var writer = new StringWriter();
            Console.SetOut(writer);
            try
            {
                action();
            }
            finally
            {
                Console.SetOut(console);
            }

            return writer.ToString();
        }
    }
}
