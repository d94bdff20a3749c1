using RnnCourse.Cli.Edition;

namespace RnnCourse.Cli.Tests.Edition;

public sealed class RelativePathsTests
{
    [Theory]
    [InlineData("[05](05-failed-attempt.ipynb)", "[05](../05-failed-attempt.ipynb)")]
    [InlineData("[a](a.md#part) and [b](<b c.md>)", "[a](../a.md#part) and [b](<../b c.md>)")]
    [InlineData("![x](figures/x.svg \"a picture\")", "![x](../figures/x.svg \"a picture\")")]
    [InlineData("<img src=\"figures/x.svg\" alt=\"x\">", "<img src=\"../figures/x.svg\" alt=\"x\">")]
    [InlineData("[lib]: ../lib/README.md", "[lib]: ../../lib/README.md")]
    [InlineData("text\n[lib]: ../lib/README.md\ntext", "text\n[lib]: ../../lib/README.md\ntext")]
    [InlineData(
        "[here](#part) [web](https://example.org/a) [mail](mailto:a@example.org) ![p](attachment:p.png) [root](/a)",
        null
    )]
    [InlineData("`[a](b.md)` and ``x ` [a](b.md)``", null)]
    [InlineData("```\n[a](b.md)\n```", null)]
    [InlineData("$y_i = f(x_i, s_{i-1}; W, U, V)$ and a list[0](no link", null)]
    public void Links_of_text_gain_one_folder(string before, string? after) =>
        Assert.Equal(after ?? before, RelativePaths.InMarkdown(before));

    [Theory]
    [InlineData("#r \"../artifacts/x.dll\"\nusing System;", "#r \"../../artifacts/x.dll\"\nusing System;")]
    [InlineData("#!import \"setup.cs\"", "#!import \"../setup.cs\"")]
    [InlineData("#!import setup.cs", "#!import ../setup.cs")]
    [InlineData("#load \"../a/b.csx\"", "#load \"../../a/b.csx\"")]
    [InlineData(
        "File.ReadAllText(\"../datasets/names/names.txt\")",
        "File.ReadAllText(\"../../datasets/names/names.txt\")"
    )]
    [InlineData("#r \"nuget: A, 1.0\"", null)]
    [InlineData("#r \"/opt/a.dll\"", null)]
    [InlineData("var dots = \"..\"; var up = a[1..];", null)]
    public void Paths_of_code_gain_one_folder(string before, string? after) =>
        Assert.Equal(after ?? before, RelativePaths.InCode(before));
}
