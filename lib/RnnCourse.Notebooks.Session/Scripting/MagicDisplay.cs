using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Makes the outputs of <c>#!</c> lines.</summary>
internal static class MagicDisplay
{
    public static MimeBundle Variables(
        IReadOnlyList<(string Name, Type Type, object? Value)> variables,
        bool isDetailed
    )
    {
        if (!isDetailed)
        {
            var names = variables.Select(variable => variable.Name).ToList();
            return MimeBundle.OfText(
                ("text/plain", string.Join('\t', names)),
                ("text/html", $"<div>{string.Concat(names.Select(name => WebUtility.HtmlEncode(name) + "\t "))}</div>")
            );
        }

        var rows = variables
            .Select(variable =>
                (
                    variable.Name,
                    Type: TypeNames.Describe(variable.Value?.GetType() ?? variable.Type),
                    Value: Short(variable.Value)
                )
            )
            .ToList();
        var html = string.Concat(
            rows.Select(row =>
                $"<tr><td>{WebUtility.HtmlEncode(row.Name)}</td><td>{WebUtility.HtmlEncode(row.Type)}</td>"
                + $"<td><div class=\"dni-plaintext\"><pre>{WebUtility.HtmlEncode(row.Value)}</pre></div></td></tr>"
            )
        );
        return MimeBundle.OfText(
            (
                "text/plain",
                TextTable.Of(
                    ["Variable", "Type", "Value"],
                    [.. rows.Select(row => (string[])[row.Name, row.Type, row.Value.ReplaceLineEndings(" ")])]
                )
            ),
            (
                "text/html",
                "<table><thead><tr><th>Variable</th><th>Type</th><th>Value</th></tr></thead><tbody>"
                    + $"{html}</tbody></table>"
            )
        );
    }

    /// <summary>Makes the list of the lines that a session understands.</summary>
    /// <param name="added">The lines that extensions have added.</param>
    public static MimeBundle Magics(IReadOnlyList<(string Name, string Purpose)> added)
    {
        var lines = Magic.Lines.Concat(added).OrderBy(line => line.Name, StringComparer.Ordinal).ToList();
        return MimeBundle.OfText(
            (
                "text/plain",
                TextTable.Of(["Line", "Purpose"], [.. lines.Select(magic => (string[])[magic.Name, magic.Purpose])])
            ),
            (
                "text/html",
                "<div><h3>csharp kernel</h3><dl>"
                    + string.Concat(
                        lines.Select(magic =>
                            $"<dt><code>{WebUtility.HtmlEncode(magic.Name)}</code></dt><dd>"
                            + $"{WebUtility.HtmlEncode(magic.Purpose)}</dd>"
                        )
                    )
                    + "</dl></div>"
            )
        );
    }

    public static MimeBundle About()
    {
        (string What, string Value)[] rows =
        [
            ("Engine", $"RnnCourse.Notebooks.Session {VersionOf(typeof(MagicDisplay))}"),
            ("Language", $"C# of Roslyn {VersionOf(typeof(CSharpScript))}"),
            ("Runtime", RuntimeInformation.FrameworkDescription),
            ("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
        ];
        return MimeBundle.OfText(
            ("text/plain", string.Join('\n', rows.Select(row => $"{row.What}: {row.Value}"))),
            (
                "text/html",
                $"<table><tbody>{string.Concat(rows.Select(row =>
                    $"<tr><th scope=\"row\">{row.What}</th><td>{WebUtility.HtmlEncode(row.Value)}</td></tr>"
                ))}</tbody></table>"
            )
        );
    }

    // Without the commit that compilers append.
    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "";

    public static MimeBundle Packages(IReadOnlyList<(string Name, string Version)> packages)
    {
        var names = packages
            .Select(package => $"{package.Name}, {package.Version}")
            .Order(StringComparer.Ordinal)
            .ToList();
        return MimeBundle.OfText(
            ("text/plain", string.Join('\n', names.Select(name => "- " + name).Prepend("Installed Packages"))),
            (
                "text/html",
                "<div><div></div><div></div><div><strong>Installed "
                    + "Packages</strong><ul>"
                    + string.Concat(names.Select(name => $"<li><span>{WebUtility.HtmlEncode(name)}</span></li>"))
                    + "</ul></div></div>"
            )
        );
    }

    private static string Short(object? value)
    {
        const int Longest = 200;
        var text = DisplayFormatter.Format(value).Text("text/plain") ?? "";
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
    }
}
