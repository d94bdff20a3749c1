using RnnCourse.Notebooks.Pages.Words;

namespace RnnCourse.Notebooks.Pages;

/// <summary>A link to another page.</summary>
/// <param name="Text">The link's text.</param>
/// <param name="Address">Its target, relative to the page, such as <c>05-failed-attempt.html</c>.</param>
public sealed record PageLink(string Text, string Address);

/// <summary>The information that a page needs besides its notebook.</summary>
public sealed record PageContext
{
    /// <summary>The page's title; null for the notebook's first heading.</summary>
    public string? Title { get; init; }

    /// <summary>The language of the text, as HTML names it.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Words to mark in the texts, and the name of the notebook's file; null to mark none.</summary>
    public (WordBook Book, string Notebook)? Words { get; init; }

    /// <summary>Whether the page is published without those of other notebooks, so that links to them become plain
    /// text.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The page of all lessons.</summary>
    public PageLink? Index { get; init; }

    /// <summary>The lesson before this one.</summary>
    public PageLink? Previous { get; init; }

    /// <summary>The lesson after this one.</summary>
    public PageLink? Next { get; init; }

    /// <summary>
    /// Resolves relative links that don't lead to notebooks of the same folder, such as
    /// <c>../lib/Core/VanillaRnn.cs</c>: takes the address as written in the notebook and returns one that works from
    /// the page, or <see langword="null"/> to make the link plain text. Links to notebooks of the same folder always
    /// lead to their pages.
    /// </summary>
    public Func<string, string?>? ResolveLink { get; init; }
}
