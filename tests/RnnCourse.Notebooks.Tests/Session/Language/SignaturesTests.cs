using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Language;

public sealed class SignaturesTests
{
    private const char Cursor = '|';

    [Theory]
    [InlineData("Twice(|", "int Twice", "int number", 0)]
    [InlineData("Twice(|)", "int Twice", "int number", 0)]
    [InlineData("var x = Twice(1|", "int Twice", "int number", 0)]
    [InlineData("Math.Max(1, |", "Max", "val2", 1)]
    [InlineData("new Pair(|", "Pair", "int A, int B", 0)]
    [InlineData("Pair p = new(1, |)", "Pair", "int A, int B", 1)]
    [InlineData("later(|)", "Func<int, string>", "int arg", 0)]
    [InlineData("Twice(Math.Max(1, |))", "Max", "val2", 1)]
    [InlineData("Twice(Math.Max(1, 2)|)", "int Twice", "int number", 0)]
    [InlineData("string.Join(\", \", |", "string Join", "separator", 1)]
    [InlineData("new[] { 1 }.Select(|", "Select<", "Func<", 0)]
    public async Task The_call_around_the_cursor_is_reported(string code, string name, string parameters, int argument)
    {
        var help = await FindAsync(code);
        Assert.NotNull(help);
        Assert.Equal(argument, help.Argument);
        Assert.Contains(
            help.Signatures,
            signature =>
                signature.Name.Contains(name, StringComparison.Ordinal)
                && string.Join(", ", signature.Parameters.Select(parameter => parameter.Text))
                    .Contains(parameters, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("|Twice(1)")]
    [InlineData("Twice(1)|")]
    [InlineData("Twice|(1)")]
    [InlineData("nothing(|")]
    [InlineData("(1 + |2)")]
    [InlineData("|")]
    [InlineData("// Twice(|")]
    public async Task Outside_of_a_call_nothing_is_reported(string code) => Assert.Null(await FindAsync(code));

    [Fact]
    public async Task The_documentation_of_the_called_method_is_shown_with_it()
    {
        var help = await FindAsync("Math.Sqrt(|");
        var signature = Assert.Single(help!.Signatures);
        Assert.Contains("square root", signature.Summary, StringComparison.Ordinal);
        Assert.Contains("square root", Assert.Single(signature.Parameters).Summary, StringComparison.Ordinal);
    }

    private static async Task<SignatureHelp?> FindAsync(string code)
    {
        using var session = new ScriptSession(new ScriptSessionOptions(Path.GetTempPath()));
        var declared = await session.ExecuteAsync(
            new CellSource(
                "declared",
                "int Twice(int number) => 2 * number; record Pair(int A, int B); Func<int, string> later = i => "
                    + "$\"{i}\";"
            )
        );
        Assert.Null(declared.Error);
        using var language = new LanguageService(session);
        return await language.FindSignaturesAsync(
            code.Replace($"{Cursor}", "", StringComparison.Ordinal),
            code.IndexOf(Cursor, StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
    }
}
