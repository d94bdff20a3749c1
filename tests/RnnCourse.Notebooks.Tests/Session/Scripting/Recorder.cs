using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Tests.Session.Scripting;

/// <summary>Keeps what cells show. Code that no session started shows where the last one does, so tests that use it
/// take turns.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Recorder : ICellOutput
{
    public const string Name = "what cells show";

    private readonly List<(string Id, MimeBundle Data)> _shown = [];

    public static Recorder Start()
    {
        var recorder = new Recorder();
        DisplayTarget.Enter(new DisplayScope(recorder));
        return recorder;
    }

    public IReadOnlyList<MimeBundle> Shown => [.. _shown.Select(item => item.Data)];

    public IEnumerable<string?> Texts => Shown.Select(data => data.Text("text/plain"));

    public string Printed { get; private set; } = "";

    public void Print(string stream, string text) => Printed += text;

    public void Show(MimeBundle data, string displayId) => _shown.Add((displayId, data));

    public void Replace(MimeBundle data, string displayId) =>
        _shown[_shown.FindIndex(item => item.Id == displayId)] = (displayId, data);
}
