using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnCourse.Tests;

/// <summary>The rules of lib/README.md, as tests. A rule that no longer serves is changed there and here, in one commit
/// with its reason.</summary>
public sealed class ArchitectureTests
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

    private static (string[] Projects, string[] Packages) RowOf(string project) =>
        Allowed.TryGetValue(project, out var row)
            ? row
            : throw new InvalidOperationException(
                $"{project} has no row in the table: say what it may reference, here and in lib/README.md."
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
}
