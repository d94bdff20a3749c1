using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// Generates ids for cells that have none: the same cells get the same ids on every machine. An id is a hash of the
/// text, so it doesn't change when cells are inserted before this one; cells with equal text are distinguished by how
/// many of them come before.
/// </summary>
/// <param name="taken">Ids that other cells have; new ids are added.</param>
internal sealed class DerivedIds(HashSet<string> taken)
{
    private const int HashBytes = 6;

    // For each text, the number of ids known to be taken: trying them all again for each of many empty cells would take
    // minutes.
    private readonly Dictionary<(string Kind, string Source), int> _tried = [];

    /// <summary>Generates the id of a cell with this type, such as <c>code</c>, and this text.</summary>
    public string Next(string kind, string source)
    {
        for (var attempt = _tried.GetValueOrDefault((kind, source)); ; attempt++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{kind}\n{attempt}\n{source}");
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
            if (!taken.Add(id))
            {
                continue;
            }

            _tried[(kind, source)] = attempt + 1;
            return id;
        }
    }
}
