using System.Text.Json.Nodes;

namespace RnnCourse.Plotting.Explorables;

/// <summary>What an explorable shows, and by which inputs.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Dials">Its inputs beside a text.</param>
internal abstract record ExplorableContent(string Title, IReadOnlyList<Dial> Dials)
{
    /// <summary>The figures that are shown first.</summary>
    public abstract IReadOnlyList<Figure> Stills { get; }

    /// <summary>The values of the inputs that are shown first, in words.</summary>
    public abstract string ShownFor { get; }

    /// <summary>What the page's script reads.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Plotly's figure; null if Plotly can't carry it.</summary>
    public virtual string? ToPlotlyJson() => null;

    /// <summary>An input of the data.</summary>
    protected static JsonObject Input(Dial dial)
    {
        var input = new JsonObject { ["input"] = dial.Kind, ["name"] = dial.Name };
        if (dial.Labels is { } labels)
        {
            input["labels"] = ChartPanel.Texts(labels);
        }
        else
        {
            input["values"] = new JsonArray([.. dial.Values.Select(value => (JsonNode)value)]);
        }

        input["at"] = dial.At;
        return input;
    }
}

/// <summary>Figures that were computed ahead, for every value of the inputs.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Dials">Its inputs.</param>
/// <param name="Frames">The figures for each combination of values, the last input's changing fastest.</param>
internal sealed record FramesContent(
    string Title,
    IReadOnlyList<Dial> Dials,
    IReadOnlyList<IReadOnlyList<Figure>> Frames
) : ExplorableContent(Title, Dials)
{
    public override IReadOnlyList<Figure> Stills =>
        Frames[Dials.Aggregate(0, (at, dial) => (at * dial.Values.Count) + dial.At)];

    public override string ShownFor => string.Join(", ", Dials.Select(dial => dial.Shown));

    public override JsonObject ToJson()
    {
        var panels = Panels(Stills);
        var (frames, last) = (new JsonArray(), panels);
        foreach (var figures in Frames)
        {
            var next = Panels(figures);
            frames.Add(FrameChange.Between(last, next));
            last = next;
        }

        // The page has the first drawing already: it is the still picture.
        if (panels[0] is JsonObject first && first.ContainsKey("parts"))
        {
            first["parts"] = "still";
        }

        return new JsonObject
        {
            ["title"] = Title,
            ["inputs"] = new JsonArray([.. Dials.Select(Input)]),
            ["panels"] = panels,
            ["frames"] = frames,
        };
    }

    public override string? ToPlotlyJson() =>
        PlotlyFrames.CanShow(Dials, Frames) ? PlotlyFrames.Of(Title, Dials[0], Frames) : null;

    private JsonArray Panels(IReadOnlyList<Figure> figures) => [.. figures.Zip(Stills, ChartPanel.Of)];
}

/// <summary>A network that computes on the page what it makes of a text.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Prompt">The label of the text's field.</param>
/// <param name="Text">The text that is shown first.</param>
/// <param name="Network">The network.</param>
/// <param name="Views">What is shown of it.</param>
internal sealed record TypedContent(
    string Title,
    string Prompt,
    string Text,
    PageNetwork Network,
    IReadOnlyList<PageView> Views
) : ExplorableContent(Title, [])
{
    private const int MaxRead = 24;

    /// <summary>What each dial sets: a factor of weights, such as <c>s.W</c>, the <c>temperature</c>, the <c>top</c>
    /// outputs, the <c>unit</c>.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    public override IReadOnlyList<Figure> Stills
    {
        get
        {
            var state = State();
            return [.. Views.Select(view => view.Still(state))];
        }
    }

    public override string ShownFor =>
        string.Join(", ", Dials.Select(dial => dial.Shown).Prepend($"{Prompt} = “{Text}”"));

    public override JsonObject ToJson()
    {
        var state = State();
        var text = new JsonObject
        {
            ["input"] = "text",
            ["name"] = Prompt,
            ["value"] = Text,
            ["most"] = MaxRead,
        };
        if (!Network.ReadsLetters)
        {
            text["help"] = $"It knows {string.Join(", ", Network.Symbols)}.";
        }

        var dials = Dials.Zip(
            Sets,
            (dial, sets) =>
            {
                var input = Input(dial);
                input["sets"] = sets;
                return input;
            }
        );
        var network = new JsonObject
        {
            ["split"] = Network.ReadsLetters ? "letters" : "words",
            ["known"] = ChartPanel.Texts(Network.Symbols),
            ["size"] = Network.Size,
            ["steps"] = new JsonArray([.. Network.Steps.Select(step => step.ToJson())]),
        };
        if (Network.Before is { } before)
        {
            network["before"] = new JsonArray(before);
        }

        return new JsonObject
        {
            ["title"] = Title,
            ["inputs"] = new JsonArray([text, .. dials]),
            ["panels"] = new JsonArray([.. Views.Select(view => view.ToJson(state))]),
            ["network"] = network,
        };
    }

    /// <summary>How many units the views have among which a dial can choose; 0 if they have none.</summary>
    public int CountUnits()
    {
        var state = State();
        return Views.Select(view => view.CountUnits(state)).OfType<int>().DefaultIfEmpty(0).Min();
    }

    private TypedState State()
    {
        var parts = Network.ReadsLetters
            ? Text.EnumerateRunes().Select(rune => rune.ToString()).Where(letter => letter != " ")
            : Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] words = [.. Network.Before is { } before ? parts.Prepend(before) : parts];
        if (words.FirstOrDefault(word => !Network.Symbols.Contains(word)) is { } unknown)
        {
            throw new ArgumentException($"The text “{Text}” has “{unknown}”, which the network doesn't know.");
        }

        if (words.Length == 0)
        {
            throw new ArgumentException("The text that is shown first must not be empty.");
        }

        var settings = Sets.Zip(Dials).ToDictionary(pair => pair.First, pair => pair.Second.Values[pair.Second.At]);
        var known = Network.Symbols.ToList();
        var symbols = words.Select(word => known.IndexOf(word)).ToList();
        return new(words, new NetworkRun(Network, symbols, settings), (int)settings.GetValueOrDefault("unit"));
    }
}
