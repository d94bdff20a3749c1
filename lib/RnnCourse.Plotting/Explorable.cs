using RnnCourse.Plotting.Explorables;
using RnnCourse.Plotting.Hosting;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting;

/// <summary>
/// A figure that answers: the reader moves an input, or types, and sees the result without running a cell.
/// <c>Explorable.Of</c> computes ahead: a function of one or two inputs gives a figure for each of their values.
/// <c>Explorable.Typed</c> computes on the page: a small network reads what is typed.
/// </summary>
/// <remarks>Immutable, and the same explorable always gives the same bytes. It begins as a still picture for the first
/// values, with alternative text; where the course's page script runs, inputs replace it. Nothing is loaded from
/// anywhere. The data for the script are documented in the README of this project.</remarks>
public abstract class Explorable
{
    private const int MaxFrames = 2_000;

    private readonly ExplorableContent _content;
    private readonly string? _plotly;

    private protected Explorable(ExplorableContent content, string caption, string? plotly)
    {
        (_content, Caption, _plotly) = (content, caption, plotly);
        Stills = content.Stills;
        AltText = $"Shown for {content.ShownFor}. {string.Join(" ", Stills.Select(figure => figure.AltText))}";
    }

    /// <summary>What it shows, in a few words.</summary>
    public string Title => _content.Title;

    /// <summary>The caption below it; empty without one.</summary>
    public string Caption { get; }

    /// <summary>The static picture in words: the values of the inputs, and what the figure shows for them.</summary>
    public string AltText { get; }

    internal IReadOnlyList<Figure> Stills { get; }

    /// <summary>Computes a figure ahead for each value of an input.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="dial">The input.</param>
    /// <param name="figure">The figure for a value of the input. Its caption, or else its alternative text, is said
    /// below it.</param>
    /// <returns>A figure that answers.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    public static Explorable Of(string title, Dial dial, Func<double, Figure> figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Of(title, dial, value => [figure(value)]);
    }

    /// <summary>Computes several figures ahead for each value of an input.</summary>
    /// <param name="title">What they show together.</param>
    /// <param name="dial">The input.</param>
    /// <param name="figures">The figures for a value of the input; as many for each.</param>
    /// <returns>A figure that answers.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The title is blank, or the numbers of figures differ or are 0.</exception>
    public static Explorable Of(string title, Dial dial, Func<double, IReadOnlyList<Figure>> figures)
    {
        ArgumentNullException.ThrowIfNull(dial);
        ArgumentNullException.ThrowIfNull(figures);
        return OfFrames(title, [dial], dial.Values.Select(figures));
    }

    /// <summary>Computes a figure ahead for each combination of the values of two inputs.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="first">The first input.</param>
    /// <param name="second">The second input.</param>
    /// <param name="figure">The figure for a value of each.</param>
    /// <returns>A figure that answers.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The title is blank, or there are more than 2000 combinations.</exception>
    public static Explorable Of(string title, Dial first, Dial second, Func<double, double, Figure> figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Of(title, first, second, (a, b) => [figure(a, b)]);
    }

    /// <summary>Computes several figures ahead for each combination of the values of two inputs.</summary>
    /// <param name="title">What they show together.</param>
    /// <param name="first">The first input.</param>
    /// <param name="second">The second input.</param>
    /// <param name="figures">The figures for a value of each.</param>
    /// <returns>A figure that answers.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The title is blank, there are more than 2000 combinations, or the numbers of
    /// figures differ or are 0.</exception>
    public static Explorable Of(
        string title,
        Dial first,
        Dial second,
        Func<double, double, IReadOnlyList<Figure>> figures
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(figures);
        return OfFrames(title, [first, second], first.Values.SelectMany(a => second.Values.Select(b => figures(a, b))));
    }

    /// <summary>Lets a network read what is typed, on the page.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="prompt">The label beside the field.</param>
    /// <param name="text">The text that is shown first.</param>
    /// <param name="network">The network.</param>
    /// <param name="views">What is shown of it, at least one.</param>
    /// <returns>A figure that answers.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A text is blank or has a symbol that the network doesn't know, there is no
    /// view, or one shows what the network doesn't compute.</exception>
    public static Explorable Typed(
        string title,
        string prompt,
        string text,
        PageNetwork network,
        params IReadOnlyList<PageView> views
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentException.ThrowIfNullOrWhiteSpace(prompt);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(views);
        if (views.Count == 0)
        {
            throw new ArgumentException("Give at least one view: what is shown of the network.");
        }

        var content = new TypedContent(title, prompt, text, network, views);
        _ = content.ToJson();
        return Of(content, "");
    }

    /// <summary>Adds a dial that multiplies weights of the network, such as <c>s.W</c>: 0 cuts them.</summary>
    /// <param name="dial">The factor.</param>
    /// <param name="weights">Which weights: the name of what they make, a dot, and the matrix: <c>s.U</c>, <c>s.W</c>
    /// or <c>z.V</c>.</param>
    /// <returns>A new explorable.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The network has no such weights.</exception>
    /// <exception cref="InvalidOperationException">It was computed ahead.</exception>
    public Explorable WithFactor(Dial dial, string weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return With(dial, weights);
    }

    /// <summary>Adds a dial for the temperature of the softmax.</summary>
    /// <param name="dial">The temperature; all of its values are greater than 0.</param>
    /// <returns>A new explorable.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="dial"/> is null.</exception>
    /// <exception cref="ArgumentException">A value isn't greater than 0.</exception>
    /// <exception cref="InvalidOperationException">It was computed ahead.</exception>
    public Explorable WithTemperature(Dial dial)
    {
        ArgumentNullException.ThrowIfNull(dial);
        return dial.Values.Any(value => value <= 0)
            ? throw new ArgumentException($"A temperature must be greater than 0; the dial “{dial.Name}” goes below.")
            : With(dial, "temperature");
    }

    /// <summary>Adds a dial for how many of the most probable outputs are kept; the others get probability 0.</summary>
    /// <param name="dial">The number, a whole one and at least 1.</param>
    /// <returns>A new explorable.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="dial"/> is null.</exception>
    /// <exception cref="ArgumentException">A value isn't whole or is less than 1.</exception>
    /// <exception cref="InvalidOperationException">It was computed ahead.</exception>
    public Explorable WithTop(Dial dial)
    {
        ArgumentNullException.ThrowIfNull(dial);
        return dial.Values.All(value => double.IsInteger(value) && value >= 1)
            ? With(dial, "top")
            : throw new ArgumentException(
                $"The number of outputs must be whole and at least 1; the dial “{dial.Name}” has other values."
            );
    }

    /// <summary>Adds a dial that chooses the unit that is shown.</summary>
    /// <param name="dial">The unit's place, from 0; such as <c>Dial.Choice</c> with a name for each unit.</param>
    /// <returns>A new explorable.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="dial"/> is null.</exception>
    /// <exception cref="ArgumentException">A value isn't the place of a unit that the views show.</exception>
    /// <exception cref="InvalidOperationException">It was computed ahead.</exception>
    public Explorable WithUnit(Dial dial)
    {
        ArgumentNullException.ThrowIfNull(dial);
        var units = ComputedOnPage().CountUnits();
        return dial.Values.All(value => double.IsInteger(value) && value >= 0 && value < units)
            ? With(dial, "unit")
            : throw new ArgumentException(
                $"The places of the units that the views show are less than {units}; the dial “{dial.Name}” has "
                    + "others."
            );
    }

    /// <summary>The same explorable with a caption below it.</summary>
    /// <param name="caption">Plain text: what to try, what to notice.</param>
    /// <returns>A new explorable.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="caption"/> is null.</exception>
    public Explorable WithCaption(string caption)
    {
        ArgumentNullException.ThrowIfNull(caption);
        return Of(_content, caption);
    }

    /// <summary>The still picture as an HTML fragment, with its alternative text and the caption.</summary>
    /// <returns>HTML, all text escaped.</returns>
    public string ToHtml()
    {
        var says = Stills[0].Caption;
        var more = Stills.Count > 1 ? $" The first of {Stills.Count} pictures." : "";
        string[] lines =
        [
            says,
            Caption,
            $"Shown for {_content.ShownFor}.{more} Where the course's page runs its script, you can change that here.",
        ];
        return Figure.Html(Stills[0].ToSvg(), AltText, string.Join(' ', lines.Where(line => line.Length > 0)));
    }

    /// <summary>What the page's script reads: inputs, panels, and frames or a network.</summary>
    /// <returns>JSON text.</returns>
    public string ToJson()
    {
        var json = _content.ToJson();
        if (Caption.Length > 0)
        {
            json["caption"] = Caption;
        }

        return json.ToJsonString(JsonText.Readable);
    }

    /// <summary>Title and alternative text.</summary>
    /// <returns>Plain text of one line or two.</returns>
    public override string ToString() => $"{Title}\n{AltText}";

    internal string? PlotlyJson => _plotly;

    private Explorable With(Dial dial, string sets)
    {
        ArgumentNullException.ThrowIfNull(dial);
        var typed = ComputedOnPage();
        var isWeight = sets.Contains('.', StringComparison.Ordinal);
        if (isWeight && !typed.Network.Steps.Any(step => step.Weights.Keys.Any(name => $"{step.Out}.{name}" == sets)))
        {
            throw new ArgumentException($"The network has no weights “{sets}”; such names are “s.W” and “z.V”.");
        }

        return Of(typed with { Dials = [.. typed.Dials, dial], Sets = [.. typed.Sets, sets] }, Caption);
    }

    private TypedContent ComputedOnPage() =>
        _content as TypedContent
        ?? throw new InvalidOperationException("It was computed ahead; give its inputs to Explorable.Of.");

    private static Explorable OfFrames(
        string title,
        IReadOnlyList<Dial> dials,
        IEnumerable<IReadOnlyList<Figure>> frames
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        var count = dials.Aggregate(1, (product, dial) => product * dial.Values.Count);
        if (count > MaxFrames)
        {
            throw new ArgumentException(
                $"The inputs have {count} combinations, and {MaxFrames} are the most; make the steps greater."
            );
        }

        List<IReadOnlyList<Figure>> all = [.. frames];
        if (all[0].Count == 0 || all.Exists(figures => figures.Count != all[0].Count))
        {
            throw new ArgumentException("Give the same number of figures for each value of an input, at least one.");
        }

        return Of(new FramesContent(title, dials, all), "");
    }

    // Hosts choose MIME types by the object's own class, and none may be promised that isn't there.
    private static Explorable Of(ExplorableContent content, string caption) =>
        content.ToPlotlyJson() is { } plotly
            ? new MovableExplorable(content, caption, plotly)
            : new PageExplorable(content, caption);
}
