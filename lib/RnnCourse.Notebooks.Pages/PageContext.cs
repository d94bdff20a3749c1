using RnnCourse.Notebooks.Pages.Words;

namespace RnnCourse.Notebooks.Pages;

/// <summary>A link to another page.</summary>
/// <param name="Text">What the reader sees.</param>
/// <param name="Address">Where it leads, relative to the page, such as <c>05-failed-attempt.html</c>.</param>
public sealed record PageLink(string Text, string Address);

/// <summary>What a page needs to know beside its notebook.</summary>
public sealed record PageContext
{
    /// <summary>The page's title; without it, the notebook's first heading.</summary>
    public string? Title { get; init; }

    /// <summary>The language of the text, as HTML names it.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Words to mark in the texts, and the name of the notebook's file; null to mark none.</summary>
    public (WordBook Book, string Notebook)? Words { get; init; }

    /// <summary>Whether the page is read without those of other notebooks: links to them are plain text then.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The page of all lessons.</summary>
    public PageLink? Index { get; init; }

    /// <summary>The lesson before this one.</summary>
    public PageLink? Previous { get; init; }

    /// <summary>The lesson after this one.</summary>
    public PageLink? Next { get; init; }

    /// <summary>
    /// Where relative links lead that aren't notebooks of the same folder, such as <c>../lib/Core/VanillaRnn.cs</c>:
    /// gets the address as the notebook has it and gives one that works from the page, or <see langword="null"/>, which
    /// makes the link plain text. Links to notebooks of the same folder lead to their pages without it.
    /// </summary>
    public Func<string, string?>? ResolveLink { get; init; }
}
