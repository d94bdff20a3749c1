using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Pages.Words;

namespace RnnCourse.Notebooks.Pages;

/// <summary>A notebook in the form in which it is handed on: with its answers and outputs, without its scratch
/// cells.</summary>
public static class NotebookForHandIn
{
    /// <summary>The notebook without its scratch cells.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <exception cref="ArgumentNullException"><paramref name="notebook"/> is null.</exception>
    public static Notebook Of(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return notebook with { Cells = [.. notebook.Cells.Where(cell => !CellTags.Has(cell, CellTags.Scratch))] };
    }

    /// <summary>One self-contained page.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="name">Its file's name.</param>
    /// <param name="words">The glossary whose words are marked; null to mark none.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string ToPage(Notebook notebook, string name, WordBook? words = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return PageRenderer.Render(
            Of(notebook),
            new PageContext
            {
                Title = NotebookTitle.Of(notebook) ?? name,
                IsAlone = true,
                Words = words is null ? null : (words, name),
            }
        );
    }
}
