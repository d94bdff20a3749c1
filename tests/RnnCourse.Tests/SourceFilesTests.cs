using System.Text.RegularExpressions;

namespace RnnCourse.Tests;

/// <summary>Rules for every source file: its length, its lines, its braces, its documentation, and no path of a
/// machine.</summary>
public sealed partial class SourceFilesTests
{
    [Fact]
    public void A_source_file_holds_one_idea()
    {
        var files = Repository.Sources("lib");
        Assert.NotEmpty(files);
        Assert.All(
            files,
            file =>
            {
                var lines = SourceText
                    .CodeOf(File.ReadAllText(Repository.PathOf(file)))
                    .Split('\n')
                    .Count(line => !string.IsNullOrWhiteSpace(line));
                Assert.True(
                    lines <= 500,
                    $"{file} has {lines} lines of code, comments and blank lines not counted; split it so that "
                        + "each part is below 500 and holds one idea."
                );
            }
        );
    }

    [Fact]
    public void A_line_has_at_most_120_columns()
    {
        var files = Repository.Sources("lib").Concat(Repository.Sources("tests")).ToList();
        Assert.NotEmpty(files);
        var tooLong = files.SelectMany(file =>
            TooLongLines(File.ReadAllText(Repository.PathOf(file)))
                .Select(line => $"{file}, line {line}: break it before column 121.")
        );
        Assert.Equal([], tooLong);
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("// {0}", true)]
    [InlineData("x = \"{0}\";", true)]
    [InlineData("// see https://example.org/{0}", false)]
    [InlineData("x = \"\"\"{0}\"\"\";", false)]
    [InlineData("x = \"\"\"\n{0}\n\"\"\";", false)]
    [InlineData("x = \"\"\"\n\n\"\"\";\n// {0}", true)]
    public void A_long_line_is_refused_unless_a_raw_string_or_a_link_makes_it_long(string code, bool expected) =>
        Assert.Equal(expected, TooLongLines(code.Replace("{0}", new string('x', 121), StringComparison.Ordinal)).Any());

    [Fact]
    public void The_body_of_a_control_statement_stands_in_braces()
    {
        var files = Repository.Sources("lib").Concat(Repository.Sources("tests")).ToList();
        Assert.NotEmpty(files);
        var bare = files.SelectMany(file =>
            BodiesWithoutBraces(File.ReadAllText(Repository.PathOf(file)))
                .Select(line => $"{file}, line {line}: put the body of this statement in braces.")
        );
        Assert.Equal([], bare);
    }

    [Theory]
    [InlineData("if (a)\n    b();", true)]
    [InlineData("if (a) b();", true)]
    [InlineData("if (\n    a(1)\n)\n    b();", true)]
    [InlineData("if (a)\n{\n}\nelse\n    b();", true)]
    [InlineData("foreach (var x in y)\n    b();", true)]
    [InlineData("if (a)\n{\n}\nelse if (b)\n{\n}", false)]
    [InlineData("fixed (a)\nfixed (b)\n{\n}", false)]
    [InlineData("do\n{\n}\nwhile (a);", false)]
    [InlineData("x = \"\"\"\nif (a)\n    b();\n\"\"\";", false)]
    public void A_body_without_braces_is_found(string code, bool expected) =>
        Assert.Equal(expected, BodiesWithoutBraces(code).Any());

    [Fact]
    public void A_public_member_that_takes_or_returns_arrays_states_their_shape()
    {
        var members = DocumentedMembers.WithArrays(
            typeof(Core.SharedNetworkTests)
                .Assembly.GetReferencedAssemblies()
                .Where(name => name.Name == "RnnCourse")
                .Select(System.Reflection.Assembly.Load)
                .Single()
        );
        Assert.True(members.Count > 30, "The search for members found almost none; it is broken.");
        Assert.All(
            members,
            member =>
                Assert.True(
                    DocumentedMembers.StatesShape(member.Documentation),
                    $"{member.Id}: say the shape of every array, vector and matrix in its documentation, such "
                        + "as \"shape (H, D)\" or \"length T·B\"."
                )
        );
    }

    [Theory]
    [InlineData("<param name=\"x\">The inputs, each of shape (D).</param>", true)]
    [InlineData("<returns>y, (T, B, K)</returns>", true)]
    [InlineData("<summary>The symbols, length T·B.</summary>", true)]
    [InlineData("<summary>Turns numbers (and others) into numbers.</summary>", false)]
    [InlineData("", false)]
    public void A_shape_is_stated_by_the_word_or_by_capital_letters_in_parentheses(
        string documentation,
        bool expected
    ) => Assert.Equal(expected, DocumentedMembers.StatesShape(documentation));

    [Fact]
    public void No_file_names_a_folder_of_somebodys_machine()
    {
        var files = Repository.Tracked();
        Assert.NotEmpty(files);
        Assert.All(
            files.Where(file => !IsBinary(file)),
            file =>
            {
                var found = MachinePath().Match(File.ReadAllText(Repository.PathOf(file)));
                Assert.False(
                    found.Success,
                    $"{file} names {found.Value}…, which exists on one machine only: use a path relative to the "
                        + "file or to the repository's root."
                );
            }
        );
    }

    [Theory]
    [InlineData("/ho", "me/ada/rnn", true)]
    [InlineData("/ro", "ot/.nuget", true)]
    [InlineData("/wo", "rk/main/lib", true)]
    [InlineData("file:///t", "mp/x.png", true)]
    [InlineData("/Us", "ers/ada", true)]
    [InlineData("C:\\Us", "ers\\ada", true)]
    [InlineData("https://example.org/ho", "me/page", false)]
    [InlineData("../wo", "rk/x", false)]
    [InlineData("/us", "r/bin/env bash", false)]
    public void A_folder_of_a_machine_is_told_from_a_web_address_and_a_relative_path(
        string beginning,
        string end,
        bool expected
    ) => Assert.Equal(expected, MachinePath().IsMatch("see '" + beginning + end + "'"));

    // A raw string's text must not be changed, and a link cannot be broken.
    private static IEnumerable<int> TooLongLines(string code)
    {
        var isRaw = false;
        var number = 0;
        foreach (var line in code.Split('\n'))
        {
            number++;
            var ends = Regex.Count(line, "\"{3,}");
            if (line.Length > 120 && !isRaw && ends == 0 && !line.Contains("https://", StringComparison.Ordinal))
            {
                yield return number;
            }

            isRaw ^= ends % 2 == 1;
        }
    }

    private static IEnumerable<int> BodiesWithoutBraces(string source)
    {
        var code = SourceText.CodeOf(source);
        foreach (Match statement in ControlStatement().Matches(code))
        {
            var end = statement.Index + statement.Length;
            if (statement.Value.EndsWith('('))
            {
                for (var depth = 1; depth > 0 && end < code.Length; end++)
                {
                    depth +=
                        code[end] == '(' ? 1
                        : code[end] == ')' ? -1
                        : 0;
                }
            }

            if (!Braced().IsMatch(code, end))
            {
                yield return code.AsSpan(0, statement.Index).Count('\n') + 1;
            }
        }
    }

    private static bool IsBinary(string file) =>
        File.ReadAllBytes(Repository.PathOf(file)).Take(8000).Contains((byte)0);

    [GeneratedRegex(
        @"(?<=^[ ]*)(?:(?:else )?\b(?:if|for|foreach|await foreach|while|lock|fixed|using|await using) ?\("
            + @"|else\b(?! if))",
        RegexOptions.Multiline
    )]
    private static partial Regex ControlStatement();

    // A brace, the end of do … while, or another statement of the same kind that shares the body.
    [GeneratedRegex(@"\G\s*(?:[{;]|fixed\b|using\b)")]
    private static partial Regex Braced();

    // Not part of a web address or a longer path; the two halves of each name keep this file from finding itself.
    [GeneratedRegex(
        @"(?<![\w.~/-])(?:file://)?/(?:ho"
            + @"me|ro"
            + @"ot|wo"
            + @"rk|t"
            + @"mp|Us"
            + @"ers)/[\w.]|\b[A-Za-z]:\\+Us"
            + @"ers\\"
    )]
    private static partial Regex MachinePath();
}
