using Microsoft.CodeAnalysis;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>
/// Turns a notebook into a program of one C# file, for <c>dotnet run file.cs</c>: text becomes comments, cells follow
/// one another, and the values that they show are printed as text.
/// </summary>
public static class ProgramExporter
{
    /// <summary>Makes the program. No cell is executed; the libraries that the notebook uses must exist, since the
    /// program is compiled against them.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="settings">The paths of the notebook and the program.</param>
    /// <returns>The program's text, lines ended by a line feed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ExportException">A cell doesn't compile, or does something that a program of one file can't
    /// do.</exception>
    public static async Task<string> ExportAsync(Notebook notebook, ExportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(settings);
        var folder = Path.GetDirectoryName(Path.GetFullPath(settings.NotebookPath))!;
        var imports = new ImportStack(folder);
        var read = new SectionReader(Path.GetFileName(settings.NotebookPath), imports).Read(notebook);
        var finder = new ReferenceFinder(imports, settings.MissingLibraryHint);
        var references = new ProgramReferences(finder, new PackageFinder(folder));
        var options = ScriptSession.CreateOptions(finder, imports);
        var chain = new ScriptChain(
            options.AddReferences(
                HostLibraries().Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            )
        );
        var bound = new Dictionary<CodePart, BoundPart>(ReferenceEqualityComparer.Instance);
        var sections = new List<ProgramSection>();
        foreach (var section in read)
        {
            sections.Add(await BindAsync(section, chain, references, bound).ConfigureAwait(false));
        }

        var names = new ProgramNames([.. bound.Values]);
        var rewritten = bound.ToDictionary(
            pair => pair.Key,
            pair => PartRewriter.Rewrite(pair.Value, names),
            (IEqualityComparer<CodePart>)ReferenceEqualityComparer.Instance
        );
        var program = Write(sections, rewritten, names, ProgramHead.Write(settings, references, rewritten.Values));
        ProgramCheck.Run(
            program,
            Path.GetFileName(settings.NotebookPath),
            chain.References,
            new ScriptReferenceResolver(finder)
        );
        return program.Text;
    }

    private static async Task<ProgramSection> BindAsync(
        ProgramSection section,
        ScriptChain chain,
        ProgramReferences references,
        Dictionary<CodePart, BoundPart> bound
    )
    {
        try
        {
            foreach (var part in section.Parts.OfType<CodePart>())
            {
                bound.Add(part, chain.Add(part, await references.FollowAsync(part).ConfigureAwait(false)));
            }

            return section;
        }
        catch (ExportException) when (section.Kind == SectionKind.RunToException)
        {
            // That it does not compile is what the cell is there to show.
            return section with { Kind = SectionKind.Skip, Parts = [] };
        }
    }

    private static IEnumerable<string> HostLibraries() =>
        [
            typeof(DisplayHelpers).Assembly.Location,
            typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly.Location,
            typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly.Location,
        ];

    private static ProgramWriter Write(
        IReadOnlyList<ProgramSection> sections,
        Dictionary<CodePart, RewrittenPart> rewritten,
        ProgramNames names,
        string head
    )
    {
        var program = new ProgramWriter();
        program.Add(head);
        var types = new List<(string Cell, string Text)>();
        foreach (var section in sections)
        {
            if (section.Kind == SectionKind.Text)
            {
                program.Add(Layout.Comment(section.Source));
                continue;
            }

            program.Begin(section.Title);
            program.AddLines(Layout.Heading(section.Title));
            program.Add(
                section.Kind == SectionKind.Skip
                    ? Layout.Comment(section.Source)
                    : SectionWriter.Write(section, rewritten, names)
            );
            types.AddRange(
                section
                    .Parts.OfType<CodePart>()
                    .SelectMany(part => rewritten[part].Types)
                    .Select(type => (section.Title, type))
            );
        }

        foreach (var cell in types.GroupBy(type => type.Cell))
        {
            program.Begin(cell.Key);
            program.AddLines(Layout.Heading($"Types of {char.ToLowerInvariant(cell.Key[0])}{cell.Key[1..]}"));
            program.Add(string.Join("\n\n", cell.Select(type => type.Text)));
        }

        return program;
    }
}
