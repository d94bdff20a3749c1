using System.Globalization;

namespace RnnCourse.Notebooks.Format;

/// <summary>A place in a JSON document, whose text is made only when it is needed.</summary>
internal sealed class DocumentPath
{
    private readonly DocumentPath? _parent;
    private readonly string _step;

    private DocumentPath(DocumentPath? parent, string step)
    {
        _parent = parent;
        _step = step;
    }

    public static DocumentPath Root { get; } = new(null, "");

    /// <summary>The root of a document that was converted to format 4, in which places have other names than in the
    /// file.</summary>
    public static DocumentPath Upgraded { get; } = new(null, "(converted to format 4) ");

    /// <summary>A field of an object: <c>.name</c>, or <c>["a/b"]</c> for a name with other characters than letters,
    /// digits and underscores.</summary>
    public DocumentPath Field(string name)
    {
        var plain = name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        if (!plain)
        {
            return new(this, $"[\"{name}\"]");
        }

        return new(this, _parent is null ? name : "." + name);
    }

    /// <summary>An element of an array, counted from 0.</summary>
    public DocumentPath Element(int index) => new(this, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    public override string ToString()
    {
        var steps = new Stack<string>();
        for (var path = this; path is not null; path = path._parent)
        {
            steps.Push(path._step);
        }

        return string.Concat(steps);
    }
}
