using System.Text.Encodings.Web;
using System.Text.Json;

namespace RnnCourse.Plotting.Text;

/// <summary>How JSON is written: letters as they are.</summary>
internal static class JsonText
{
    public static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
