using System.Text.RegularExpressions;

namespace RnnCourse.Plotting.Text;

/// <summary>
/// The lecture's symbols in labels and captions: <c>s_i</c>, <c>f_12</c>, <c>s_{i−1}</c> are shown as sᵢ, f₁₂, sᵢ₋₁,
/// by Unicode's own subscripts, since a label is one run of text.
/// </summary>
internal static partial class Subscripts
{
    private const string Plain = "0123456789+-−=()ijknt";
    private const string Lowered = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ᵢⱼₖₙₜ";

    /// <summary>The text with its symbols' subscripts lowered; whatever else stays as it is.</summary>
    public static string In(string text) =>
        Symbol()
            .Replace(
                text,
                match =>
                {
                    var subscript = match.Groups[2].Value.Trim('{', '}');
                    return subscript.All(Plain.Contains) && subscript.Length > 0
                        ? match.Groups[1].Value + string.Concat(subscript.Select(c => Lowered[Plain.IndexOf(c)]))
                        : match.Value;
                }
            );

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])([A-Za-z]['′]?)_(\{[^{}]*\}|[0-9]+|[ijknt])(?![\p{L}\p{N}_])")]
    private static partial Regex Symbol();
}
