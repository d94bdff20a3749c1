using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnCourse.Tests;

/// <summary>The rules of lib/README.md, as tests. A rule that no longer serves is changed there and here, in one commit
/// with its reason.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>An analyzer that compares the public members with a list; it is not part of the build output.</summary>
    private const string PublicApi = "Microsoft.CodeAnalysis.PublicApiAnalyzers";

    /// <summary>What each project may reference: projects of ours first, then packages.</summary>
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["RnnCourse.Blas"] = ([], ["MathNet.Numerics", PublicApi]),
        ["RnnCourse"] = (["RnnCourse.Blas"], ["MathNet.Numerics", "System.Numerics.Tensors", PublicApi]),
        ["RnnCourse.Plotting"] = (["RnnCourse"], ["Fable.Core", "OxyPlot.Core", "Plotly.NET", PublicApi]),
        ["RnnCourse.Exercises"] = (["RnnCourse", "RnnCourse.Plotting"], ["MathNet.Numerics", PublicApi]),
        ["RnnCourse.Interactive"] = (
            ["RnnCourse.Exercises", "RnnCourse.Notebooks", "RnnCourse.Plotting"],
            [
                "MathNet.Numerics",
                "Microsoft.AspNetCore.Html.Abstractions",
                "Microsoft.CodeAnalysis",
                "Microsoft.CodeAnalysis.VisualBasic",
                "Microsoft.CodeAnalysis.VisualBasic.Workspaces",
                "Microsoft.DotNet.Interactive",
                "Microsoft.DotNet.Interactive.Formatting",
                "System.Reactive",
            ]
        ),
        ["RnnCourse.Notebooks"] = ([], []),
        ["RnnCourse.Notebooks.Pages"] = (["RnnCourse.Notebooks"], ["Markdig", "Microsoft.CodeAnalysis.CSharp"]),
        ["RnnCourse.Notebooks.Running"] = (["RnnCourse.Notebooks", "RnnCourse.Notebooks.Session"], []),
        ["RnnCourse.Notebooks.Session"] = (
            ["RnnCourse.Notebooks"],
            [
                "Markdig",
                "Microsoft.AspNetCore.Html.Abstractions",
                "Microsoft.CodeAnalysis.CSharp.Features",
                "Microsoft.CodeAnalysis.CSharp.Scripting",
                "Microsoft.DotNet.Interactive.Formatting",
            ]
        ),
        ["RnnCourse.Jupyter"] = (
            ["RnnCourse.Notebooks", "RnnCourse.Notebooks.Session"],
            ["NetMQ", "System.Security.Cryptography.Xml", "System.ServiceModel.Primitives"]
        ),
        ["RnnCourse.Web"] = (["RnnCourse.Notebooks", "RnnCourse.Notebooks.Pages", "RnnCourse.Notebooks.Session"], []),
        ["RnnCourse.Cli"] = (
            [
                "RnnCourse.Blas",
                "RnnCourse",
                "RnnCourse.Plotting",
                "RnnCourse.Exercises",
                "RnnCourse.Notebooks",
                "RnnCourse.Notebooks.Pages",
                "RnnCourse.Notebooks.Running",
                "RnnCourse.Notebooks.Session",
                "RnnCourse.Jupyter",
                "RnnCourse.Web",
            ],
            ["Spectre.Console", "System.CommandLine"]
        ),
    };

    /// <summary>The folders of lib/RnnCourse in the order in which data flows: each may use those before it.</summary>
    private static readonly string[] Order =
    [
        "Core",
        "Datasets",
        "Encoders",
        "Model",
        "Losses",
        "Gradients",
        "Optimisers",
        "Metrics",
        "Baselines",
        "Training",
        "Inspection",
        "Tasks",
    ];

    public static TheoryData<string> Projects =>
        [
            .. Directory
                .GetDirectories(Repository.PathOf("lib"))
                .SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
                .Select(path => Path.GetFileNameWithoutExtension(path)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_no_project_beyond_its_row_of_the_table(string project) =>
        AssertAllowed(
            project,
            "project",
            References(project, "ProjectReference")
                .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))),
            RowOf(project).Projects
        );

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_no_package_beyond_its_row_of_the_table(string project) =>
        AssertAllowed(project, "package", References(project, "PackageReference"), RowOf(project).Packages);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_tests_see_a_projects_internals(string project) =>
        Assert.All(
            References(project, "InternalsVisibleTo"),
            friend =>
                Assert.True(
                    Directory.Exists(Repository.PathOf($"tests/{friend}")),
                    $"lib/{project}/{project}.csproj shows its internals to {friend}: make public what {friend} needs, "
                        + "with documentation, or move it there."
                )
        );

    [Fact]
    public void A_folder_of_the_library_uses_only_the_folders_before_it()
    {
        var files = Repository.Sources("lib/RnnCourse");
        Assert.NotEmpty(files);
        Assert.All(
            files,
            file =>
            {
                var folder = file.Split('/')[2];
                var position = Array.IndexOf(Order, folder);
                Assert.True(
                    position >= 0,
                    $"{file}: put it into one of the folders {string.Join(", ", Order)}; or give the new folder "
                        + "its place in the order, here and in lib/README.md."
                );
                var code = SourceText.CodeOf(File.ReadAllText(Repository.PathOf(file)));
                foreach (var used in UsedFolders(code))
                {
                    Assert.True(
                        Array.IndexOf(Order, used) <= position,
                        $"{file} uses RnnCourse.{used}, but data flows {string.Join(" → ", Order)}: move the code "
                            + $"to {used} or later, or what it needs to {folder} or earlier."
                    );
                }
            }
        );
    }

    [Theory]
    [InlineData("RnnCourse.Notebooks", "Format", "Results", "Metadata", "Comparing", "Reports")]
    [InlineData("RnnCourse.Web", "Documents", "Live", "Serving")]
    [InlineData(
        "RnnCourse.Notebooks.Session",
        "Interrupting",
        "Display",
        "Scripting",
        "Language",
        "Hosting",
        "Exporting"
    )]
    public void A_folder_of_the_engine_uses_only_the_folders_before_it(string project, params string[] order)
    {
        var files = Repository.Sources($"lib/{project}");
        Assert.NotEmpty(files);
        Assert.All(
            files,
            file =>
            {
                var folder = file.Split('/')[2];
                Assert.Contains(folder, order);
                var code = SourceText.CodeOf(File.ReadAllText(Repository.PathOf(file)));
                Assert.All(
                    order.SkipWhile(name => name != folder).Skip(1),
                    later =>
                        Assert.False(
                            code.Contains($"using {project}.{later}", StringComparison.Ordinal),
                            $"{file} uses {project}.{later}, but the order is {string.Join(" → ", order)}: move the "
                                + $"code to {later}, or what it needs to {folder}."
                        )
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_folders_of_a_project_do_not_use_each_other_in_a_circle(string project)
    {
        var uses = Repository
            .Sources($"lib/{project}")
            .Where(file => file.Count(c => c == '/') > 2)
            .GroupBy(file => file.Split('/')[2])
            .ToDictionary(
                folder => folder.Key,
                folder => folder.Select(file => SourceText.CodeOf(File.ReadAllText(Repository.PathOf(file)))).ToList()
            );
        var left = uses.ToDictionary(
            folder => folder.Key,
            folder =>
                uses.Keys.Where(other =>
                        other != folder.Key
                        && folder.Value.Any(code =>
                            Regex.IsMatch(code, $@"\b{Regex.Escape(project)}\.{other}\b(?!\s*=)")
                        )
                    )
                    .ToHashSet()
        );
        // Removes items that use none of the remaining ones, until no items or only cycles remain.
        while (left.FirstOrDefault(folder => !folder.Value.Overlaps(left.Keys)).Key is { } free)
        {
            left.Remove(free);
        }

        Assert.True(
            left.Count == 0,
            $"In lib/{project} the folders {string.Join(", ", left.Keys)} use each other in a circle: move what two of "
                + "them need to a third one, or into one of them."
        );
    }

    [Theory]
    [InlineData("using RnnCourse.Training;", "Training")]
    [InlineData("using static RnnCourse.Metrics.Perplexity;", "Metrics")]
    [InlineData("var x = RnnCourse.Model.Cell.Create();", "Model")]
    [InlineData("var x = new Tasks.NamesTask();", "Tasks")]
    [InlineData("/// <see cref=\"RnnCourse.Model.Cell\"/>", null)]
    [InlineData("var x = \"RnnCourse.Model.Cell\"; // using RnnCourse.Training;", null)]
    [InlineData("var x = this.Model.Forward() + options.Training.Steps;", null)]
    public void Uses_of_a_folder_are_found_in_code_and_not_in_comments_or_texts(string line, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], UsedFolders(SourceText.CodeOf(line)));

    [Fact]
    public void The_reference_network_can_be_read_in_one_sitting()
    {
        var lines = File.ReadAllLines(Repository.PathOf("lib/RnnCourse/Core/VanillaRnn.cs")).Length;
        Assert.True(
            lines <= 300,
            $"lib/RnnCourse/Core/VanillaRnn.cs has {lines} lines; keep the lecture's network within "
                + "300, and put what is not the lecture elsewhere."
        );
    }

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

    private static (string[] Projects, string[] Packages) RowOf(string project) =>
        Allowed.TryGetValue(project, out var row)
            ? row
            : throw new InvalidOperationException(
                $"{project} is in no table: say what it may reference, here and in lib/README.md."
            );

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument
            .Load(Repository.PathOf($"lib/{project}/{project}.csproj"))
            .Descendants(kind)
            .Select(reference => (string?)reference.Attribute("Include"))
            .OfType<string>();

    private static void AssertAllowed(string project, string kind, IEnumerable<string> actual, string[] allowed) =>
        Assert.All(
            actual,
            reference =>
                Assert.True(
                    allowed.Contains(reference),
                    $"{project} references the {kind} {reference}; it may reference "
                        + $"{(allowed.Length == 0 ? "none" : string.Join(", ", allowed))}. "
                        + "Move the code that needs it to another project, or change the rule here and in "
                        + "lib/README.md."
                )
        );

    private static IEnumerable<string> UsedFolders(string code) =>
        Order.Where(folder =>
            Regex.IsMatch(code, $@"\bRnnCourse\s*\.\s*{folder}\b|(?<![\w.])(?<!\.\s+){folder}\s*\.\s*[A-Z]")
        );

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
