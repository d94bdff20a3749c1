using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <summary>The outputs that one cell shows, their HTML, and the part of it that has not been sent to the pages yet.
/// Not safe for use by several threads at once.</summary>
internal sealed class ShownOutputs
{
    private const string PlotType = "application/vnd.plotly.v1+json";

    // Larger data would slow the page down, and the still figure is already there.
    private const int LongestPlot = 300_000;

    private readonly CellFragments _fragments;
    private readonly string _owner;
    private readonly List<Output> _outputs;

    // Null if the HTML must be rebuilt. That is done only on demand, since text may arrive in a thousand pieces.
    private readonly List<string?> _blocks;
    private readonly System.Text.StringBuilder _printed = new();
    private int _version;
    private int _changedFrom = int.MaxValue;
    private bool _clearFirst;

    // Those that the cell showed before its present run and that this run may show again later.
    private List<ControlDescription> _earlierControls = [];

    /// <summary>Creates the outputs of a cell before it is run.</summary>
    /// <param name="owner">A name that no other cell's outputs have, even after a restart of the server.</param>
    /// <param name="fragments">Makes HTML of outputs.</param>
    /// <param name="outputs">The stored outputs.</param>
    public ShownOutputs(string owner, CellFragments fragments, IEnumerable<Output> outputs)
    {
        _owner = owner;
        _fragments = fragments;
        _outputs = [.. outputs];
        _blocks = [.. _outputs.Select(_ => (string?)null)];
    }

    /// <summary>The outputs in order.</summary>
    public IReadOnlyList<Output> Outputs => [.. _outputs];

    /// <summary>The HTML of each output.</summary>
    public IReadOnlyList<string> Blocks => [.. Enumerable.Range(0, _outputs.Count).Select(BlockAt)];

    /// <summary>The version of the outputs.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"{_owner}.{_version}");

    /// <summary>The control of a name that the cell shows, or that it showed before its present run; null if there is
    /// none. A running cell shows its controls one after the other, and the reader may move one that has not come
    /// yet.</summary>
    public ControlDescription? FindControl(string name) =>
        ShownControls.Concat(_earlierControls).FirstOrDefault(control => control.Name == name);

    /// <summary>Whether the cell shows an error.</summary>
    public bool HasError => _outputs.Exists(output => output is ErrorOutput);

    /// <summary>The text of the last verdict, such as <c>not yet</c>; null if there is none.</summary>
    public string? Verdict => Verdicts.WordsIn(_outputs);

    /// <summary>The indices of replaceable outputs, by the display ids with which cells replace them.</summary>
    public Dictionary<string, int> Displays { get; } = new(StringComparer.Ordinal);

    /// <summary>Removes all outputs, for example when the cell is run again.</summary>
    public void Clear()
    {
        _clearFirst = false;
        _printed.Clear();
        if (_outputs.Count > 0)
        {
            Touch(0);
        }

        _outputs.Clear();
        _blocks.Clear();
        Displays.Clear();
    }

    /// <summary>Begins a run, whose first output removes those of the run before.</summary>
    public void BeginRun()
    {
        _earlierControls = [.. ShownControls];
        Clear(wait: true);
    }

    /// <summary>Removes all outputs, now or when the next output arrives.</summary>
    public void Clear(bool wait)
    {
        _clearFirst = wait;
        if (!wait)
        {
            Clear();
        }
    }

    /// <summary>Ends the run: outputs that were to be removed at the next output are removed, even if none
    /// came.</summary>
    public void EndRun()
    {
        ClearIfDue();
        _earlierControls = [];
    }

    /// <summary>Adds printed text. Consecutive texts on the same stream become one output.</summary>
    public void Print(string stream, string text)
    {
        ClearIfDue();
        if (_outputs.Count > 0 && _outputs[^1] is StreamOutput last && last.Name == stream)
        {
            _outputs[^1] = last with { Text = last.Text + text };

            // A carriage return or a colour code may change the text before it.
            if (
                last.Text.AsSpan().IndexOfAny('\r', '\x1b', '\b') < 0
                && text.AsSpan().IndexOfAny('\r', '\x1b', '\b') < 0
            )
            {
                _printed.Append(text);
                _blocks[^1] = null;
            }
            else
            {
                Touch(_outputs.Count - 1);
            }
        }
        else
        {
            Add(new StreamOutput(stream, text));
        }
    }

    /// <summary>Adds an output.</summary>
    public void Add(Output output)
    {
        ClearIfDue();
        SettlePrinted();
        _outputs.Add(output);
        _blocks.Add(null);
        Touch(_outputs.Count - 1);
    }

    /// <summary>Adds an output that can be replaced.</summary>
    public void Show(ValueShown shown)
    {
        Add(new DisplayOutput(shown.Data));
        Displays[shown.DisplayId] = _outputs.Count - 1;
    }

    /// <summary>Replaces the output with a display id.</summary>
    public bool Replace(ValueReplaced replaced)
    {
        if (!Displays.TryGetValue(replaced.DisplayId, out var place))
        {
            return false;
        }

        _outputs[place] = new DisplayOutput(replaced.Data);
        Touch(place);
        return true;
    }

    /// <summary>Takes the change that must be sent to the pages; null if they are up to date.</summary>
    public ServerMessage? TakeChange(string cell)
    {
        if (_changedFrom == int.MaxValue && _printed.Length == 0)
        {
            return null;
        }

        _version++;
        if (_changedFrom == int.MaxValue)
        {
            var html = HtmlText.Escape(_printed.ToString());
            _printed.Clear();
            return new PrintedMessage(cell, Version, html);
        }

        var from = Math.Min(_changedFrom, _outputs.Count);
        _changedFrom = int.MaxValue;
        return new OutputsMessage(
            cell,
            Version,
            from,
            [.. Enumerable.Range(from, _outputs.Count - from).Select(BlockAt)]
        );
    }

    // The last one first.
    private IEnumerable<ControlDescription> ShownControls =>
        Enumerable
            .Reverse(_outputs)
            .OfType<RichOutput>()
            .Select(output => ControlDescription.Of(output.Data))
            .OfType<ControlDescription>();

    private void Touch(int place)
    {
        _changedFrom = Math.Min(_changedFrom, place);
        if (place < _blocks.Count)
        {
            _blocks[place] = null;
        }

        SettlePrinted();
    }

    // Text that is still to be appended belongs to the last block, which is then sent whole.
    private void SettlePrinted()
    {
        if (_printed.Length > 0)
        {
            _printed.Clear();
            _changedFrom = Math.Min(_changedFrom, Math.Max(0, _outputs.Count - 1));
        }
    }

    private string BlockAt(int place) => _blocks[place] ??= Render(_outputs[place]);

    private void ClearIfDue()
    {
        if (_clearFirst)
        {
            Clear();
        }
    }

    // What is meant for programs goes with the HTML: the verdict on an exercise, a figure's data. The page's script
    // reads it.
    private string Render(Output output)
    {
        var html = _fragments.Output(output);
        if (output is not RichOutput { Data: var data })
        {
            return html;
        }

        return ControlDescription.Of(data) is { } control ? Wrap("shown-control", "data-control", $"{control}", html)
            : JsonOf(data, Verdicts.MimeType) is { } verdict ? Wrap("verdict", "data-verdict", verdict, html)
            : !html.StartsWith("<div class=\"explorable\"", StringComparison.Ordinal)
            && JsonOf(data, PlotType) is { } plot
            && plot.Length <= LongestPlot
                ? Wrap("figure", "data-plot", plot, html)
            : html;
    }

    private static string Wrap(string name, string attribute, string json, string html) =>
        $"<div class=\"{name}\" {attribute}=\"{HtmlText.Escape(json)}\">{html}</div>";

    private static string? JsonOf(MimeBundle data, string type) =>
        data[type] is MimeJson { Json: { } json } ? json.ToJsonString() : null;
}
