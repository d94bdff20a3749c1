using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting.Extensions;
using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <content>Executes code that a cell loads: that of extensions and of imported files.</content>
public sealed partial class ScriptSession
{
    private async Task<CellOutcome> ReferenceAsync(
        CellSource cell,
        IReadOnlyList<ReferenceLine> lines,
        CellExecution execution
    )
    {
        var extensions = await _references.AddAsync(cell, lines, execution.Cancellation).ConfigureAwait(false);
        try
        {
            return await RunExtensionsAsync(extensions, execution).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or BadImageFormatException or NotebookFormatException)
        {
            var line = lines.First(found => PackageRequest.IsPackage(found.Argument)).Line;
            throw new DirectiveException(cell, line.Number, line.Text, e.Message);
        }
    }

    // The convention of .NET Interactive: an extension is a file of cells or a library for its kernel.
    private async Task<CellOutcome> RunExtensionsAsync(
        IReadOnlyList<(string Name, string Folder)> extensions,
        CellExecution execution
    )
    {
        foreach (var (name, folder) in extensions)
        {
            var script = Path.Combine(folder, FoundPackages.ExtensionScript);
            if (File.Exists(script))
            {
                var outcome = await RunSourcesAsync(ImportedSources.Read(script, $"{name}/extension.dib"), execution)
                    .ConfigureAwait(false);
                if (outcome.Error is not null)
                {
                    return outcome;
                }
            }

            foreach (var library in Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal))
            {
                _references.AddFacade();
                var why = await _runner
                    .RunAsync(execution, () => ExtensionLibrary.LoadAsync(library, _loader, _kernel))
                    .ConfigureAwait(false);
                if (why is not null)
                {
                    DisplayTarget.Current.Print(
                        StreamOutput.StandardError,
                        $"The extension {Path.GetFileName(library)} of the package {name} isn't loaded: {why}. What "
                            + "the package's libraries declare can be used; its formatters and #! lines are missing.\n"
                    );
                }

                var submitted = await RunSubmittedAsync(execution).ConfigureAwait(false);
                if (submitted.Error is not null)
                {
                    return submitted;
                }
            }
        }

        return CellOutcome.Nothing;
    }

    private async Task<CellOutcome> ImportAsync(CellSource cell, MagicStep import, CellExecution execution)
    {
        var path = _imports.Resolve(import.Argument);
        IReadOnlyList<CellSource> sources;
        try
        {
            sources = ImportedSources.Read(path, import.Argument);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NotebookFormatException or NotebookFileException)
        {
            throw new DirectiveException(cell, import.Line.Number, import.Line.Text, e.Message);
        }

        if (!_imports.TryPush(path, import.Argument))
        {
            var way = _imports.DescribeCycle(path, import.Argument);
            throw new DirectiveException(
                cell,
                import.Line.Number,
                import.Line.Text,
                $"{import.Argument} imports itself: {way}."
            );
        }

        try
        {
            return await RunSourcesAsync(sources, execution).ConfigureAwait(false);
        }
        finally
        {
            _imports.Pop();
        }
    }

    // Runs the code that an extension or a cell has submitted. Code that this code submits runs after it, not within
    // it, so that code that submits itself again and again doesn't nest.
    private async Task<CellOutcome> RunSubmittedAsync(CellExecution execution)
    {
        if (_runsSubmitted)
        {
            return CellOutcome.Nothing;
        }

        _runsSubmitted = true;
        try
        {
            while (_kernel.TakeSubmitted() is { } code)
            {
                var outcome = await RunSourcesAsync([code], execution).ConfigureAwait(false);
                if (outcome.Error is not null)
                {
                    return outcome;
                }
            }

            return CellOutcome.Nothing;
        }
        finally
        {
            _runsSubmitted = false;
        }
    }

    // The results of all parts are shown; none of them is a cell's value.
    private async Task<CellOutcome> RunSourcesAsync(IReadOnlyList<CellSource> sources, CellExecution execution)
    {
        var outcome = CellOutcome.Nothing;
        foreach (var source in sources)
        {
            if (source.Language is { } language && CellLanguages.Find(language) is null)
            {
                DisplayTarget.Current.Print(
                    StreamOutput.StandardError,
                    $"{source.FilePath} is for the kernel '{language}', which isn't part of this engine. It was "
                        + "left out.\n"
                );
                continue;
            }

            outcome = await ExecuteAsync(source, execution).ConfigureAwait(false);
            outcome = outcome.Error is null
                ? await ShowAsync(outcome, source, execution).ConfigureAwait(false)
                : outcome;
            if (outcome.Error is not null)
            {
                return outcome;
            }
        }

        return CellOutcome.Nothing;
    }
}
