using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Splits a notebook into the sections of its program; files that cells load or import are inserted in place
/// of the lines that name them.</summary>
internal sealed class SectionReader(string notebookName, ImportStack imports)
{
    private static readonly CSharpParseOptions ParseOptions = new(
        LanguageVersion.Latest,
        kind: Microsoft.CodeAnalysis.SourceCodeKind.Script
    );

    private List<ProgramPart> _parts = [];
    private bool _hasPackages;

    /// <summary>The cells, in order; empty ones are left out.</summary>
    /// <exception cref="ExportException">A line can't be carried out.</exception>
    public IReadOnlyList<ProgramSection> Read(Notebook notebook)
    {
        var sections = new List<ProgramSection>();
        var number = 0;
        foreach (var cell in notebook.Cells.Where(cell => !string.IsNullOrWhiteSpace(cell.Source)))
        {
            if (cell is MarkdownCell)
            {
                sections.Add(new ProgramSection(SectionKind.Text, "", cell.Source, []));
            }
            else if (cell is CodeCell code)
            {
                sections.Add(Read(code, ++number));
            }
        }

        return sections;
    }

    private ProgramSection Read(CodeCell cell, int number)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"Cell {number}: {cell.Id}");
        if (CellTags.Has(cell, CellTags.SkipExecution))
        {
            return new ProgramSection(SectionKind.Skip, title, cell.Source, []);
        }

        _parts = [];
        Add(CellSource.OfCell(notebookName, number, cell.Source) with { Language = CellLanguages.KernelOf(cell) });
        return new ProgramSection(
            ExpectedError.Of(cell) is not null ? SectionKind.RunToException : SectionKind.Run,
            title,
            cell.Source,
            _parts
        );
    }

    private void Add(CellSource source)
    {
        try
        {
            foreach (var step in CellSplitter.Split(source, FindAdded))
            {
                Add(source, step);
            }
        }
        catch (DirectiveException e)
        {
            throw new ExportException(e.ToError().Traceback[0]);
        }
    }

    private void Add(CellSource source, CellStep step)
    {
        switch (step)
        {
            case CodeStep code:
                AddCode(source, code);
                break;
            case TextStep text:
                _parts.Add(new TextPart(text));
                break;
            case MagicStep magic:
                magic.Command.InProgram(new CellMagic(this, source), magic);
                break;
        }
    }

    // A line that isn't the engine's own is one that an extension adds, if a package was there to bring one.
    private MagicCommand? FindAdded(string name) =>
        _hasPackages && name.StartsWith("#!", StringComparison.Ordinal) && ForeignLines.AdviceFor(name) is null
            ? new MagicCommand(
                name,
                "",
                (_, _) => throw new InvalidOperationException("Nothing is executed here."),
                (program, step) => program.RefuseAdded(step)
            )
            : null;

    private void AddCode(CellSource source, CodeStep step)
    {
        _hasPackages |= step.References.Any(line => PackageRequest.IsPackage(line.Argument));
        var code = step.Code.ToCharArray();
        var dropped = step.References.Select(reference => reference.Line.Number).ToList();
        var root = CSharpSyntaxTree.ParseText(step.Code, ParseOptions).GetCompilationUnitRoot();
        foreach (var load in root.GetLoadDirectives().Where(load => load.IsActive))
        {
            var line = load.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            AddFile(source, line, load.File.ValueText);
            dropped.Add(line);
            code[load.SpanStart] = code[load.SpanStart + 1] = '/';
        }

        _parts.Add(new CodePart(source, new string(code), step.References, dropped));
    }

    private void AddFile(CellSource source, int line, string name)
    {
        var path = imports.Resolve(name);
        if (!imports.TryPush(path, name))
        {
            throw new ExportException(source, line, $"{name} imports itself: {imports.DescribeCycle(path, name)}.");
        }

        try
        {
            // As in a session, what is for kernels that aren't here is left out.
            foreach (
                var imported in ImportedSources
                    .Read(path, name)
                    .Where(imported => imported.Language is null || CellLanguages.Find(imported.Language) is not null)
            )
            {
                Add(imported);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotebookFormatException)
        {
            throw new ExportException(source, line, e.Message);
        }
        finally
        {
            imports.Pop();
        }
    }

    /// <summary>Carries out the commands of one cell in the program.</summary>
    private sealed class CellMagic(SectionReader reader, CellSource source) : IMagicProgram
    {
        public void Import(MagicStep step) => reader.AddFile(source, step.Line.Number, step.Argument);

        public void Add(MagicStep step, Func<MagicStep, string> toCode)
        {
            try
            {
                reader._parts.Add(new CodePart(source, step.InItsPlace(toCode(step)), [], []));
            }
            catch (FormatException e)
            {
                throw new ExportException(source, step.Line.Number, e.Message);
            }
        }

        public void StartClock() => reader._parts.Add(new TimePart());

        public void RefuseAdded(MagicStep step) =>
            throw new ExportException(
                source,
                step.Line.Number,
                $"{step.Line.Text.Trim()} isn't a line that this engine knows. If the extension of a package adds it, "
                    + "it works in a notebook only: a program loads no extensions. Remove the line, or tag the cell "
                    + "skip-execution."
            );

        public void Refuse(MagicStep step) =>
            throw new ExportException(
                source,
                step.Line.Number,
                $"{step.Line.Text.Trim()} works in a notebook only, not in a program. Remove "
                    + "the line, or tag the cell skip-execution."
            );
    }
}
