using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Plotting;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Figures that answer in a real browser: their script computes what the library does, on the live page and on
/// the static one, by mouse and keyboard; and whatever data it is given, it does no harm.</summary>
public sealed class AnsweringFiguresTests(Browser browser) : ServedPageTests(browser)
{
    private const string MimeType = "application/vnd.rnncourse.explorable+json";
    private const string Live = "document.querySelector('.explorable-live')";
    private static readonly string[] Symbols = ["a", "b", "c", "d", "e"];

    [Fact]
    public async Task The_script_computes_what_the_library_does_on_random_networks()
    {
        Folder.Write("a", "1");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        foreach (var cell in Enum.GetValues<CellKind>())
        {
            for (var seed = 1ul; seed <= 4; seed++)
            {
                var random = new SeededRandom(seed);
                var shape = new ModelShape(cell, 5, 7, 3)
                {
                    Layers = 1 + (int)(seed % 2),
                    Bidirectional = seed > 2,
                    LearntStart = seed % 2 == 0,
                };
                var model = new SequenceModel<double>(shape, random);
                Redraw(model.Parameters.Select(parameter => parameter.Values), random);
                int[] symbols = [.. Enumerable.Range(0, 10).Select(_ => random.NextIndex(5))];
                var batch = SequenceBatch.OfSymbols<double>(5);
                batch.Resize(symbols.Length, 1);
                symbols.CopyTo(batch.Symbols);
                var scores = model.Forward(batch).ToArray();
                Close(scores, await EvaluateAsync(page, PageNetwork.Of(model, Symbols), 3, symbols, "z"));
                Close(
                    [.. scores.Chunk(3).SelectMany(z => CrossEntropy.Softmax(Vector(z)))],
                    await EvaluateAsync(page, PageNetwork.Of(model, Symbols), 3, symbols, "y")
                );
            }
        }

        for (var seed = 1ul; seed <= 3; seed++)
        {
            var random = new SeededRandom(seed);
            var rnn = new VanillaRnn(5, 6, 4, random);
            Redraw(rnn.Parameters.Select(parameter => parameter.Values), random);
            int[] symbols = [.. Enumerable.Range(0, 10).Select(_ => random.NextIndex(5))];
            var trace = rnn.Forward([.. symbols.Select(k => Vector([.. Symbols.Select((_, i) => i == k ? 1.0 : 0)]))]);
            var network = PageNetwork.Of(rnn, Symbols);
            Close([.. trace.s.Skip(1).SelectMany(s => s)], await EvaluateAsync(page, network, 4, symbols, "s"));
            Close([.. trace.y.SelectMany(y => y)], await EvaluateAsync(page, network, 4, symbols, "y"));

            var model = new AttentionModel(5, 6, 4, random);
            Redraw(model.Parameters.Select(parameter => parameter.Values), random);
            var looked = model.Forward([symbols])[0];
            var attention = PageNetwork.Of(model, Symbols);
            Close(looked.Weights.ToColumnMajorArray(), await EvaluateAsync(page, attention, 5, symbols, "z.weights"));
            Close(looked.Contexts.ToColumnMajorArray(), await EvaluateAsync(page, attention, 5, symbols, "z"));
        }

        Assert.Equal([], page.Problems);
    }

    [Theory]
    [InlineData(true, 1280, false)]
    [InlineData(true, 400, true)]
    [InlineData(false, 1280, false)]
    [InlineData(false, 400, true)]
    public async Task A_slider_is_moved_by_the_keyboard_and_shows_the_numbers_of_its_frame(
        bool isLivePage,
        int width,
        bool isDark
    )
    {
        var dial = Dial.Slider("radius", 0.5, 1.5, 0.25, 1);
        var explorable = Explorable.Of(
            "A power",
            dial,
            radius =>
                Figure
                    .Lines("Powers", "n", "power", new Series("power", [radius, radius * radius]))
                    .WithCaption($"The second is {radius * radius}.")
        );
        await using var page = await OpenAsync(explorable, isLivePage, width, isDark);
        Assert.False(await page.ReadAsync<bool>("document.querySelector('.explorable img').checkVisibility()"));
        Assert.Equal("1", await page.ReadAsync<string>($"{Live}.querySelector('output').textContent"));
        await page.Page.FocusAsync(".explorable-live input[type=range]");
        await page.PressAsync("ArrowRight");
        await page.PressAsync("ArrowRight");
        await page.UntilAsync($"{Live}.querySelector('.says').textContent.includes('The second is 2.25.')");
        Assert.Equal("range", await page.ReadAsync<string>("document.activeElement.type"));
        Assert.Equal(
            "1.5",
            await page.ReadAsync<string>($"{Live}.querySelector('input').getAttribute('aria-valuetext')")
        );
        Assert.Equal(
            "1 1.5 2 2.25",
            await page.ReadAsync<string>(
                $"[...{Live}.querySelectorAll('.numbers tbody :is(th, td)')].map(e => e.textContent).join(' ')"
            )
        );
        await page.PressAsync("Home");
        await page.UntilAsync($"{Live}.querySelector('.says').textContent.includes('The second is 0.25.')");
        await page.Page.FocusAsync(".explorable-live button:not(:disabled)");
        await page.PressAsync("Enter");
        await page.UntilAsync($"{Live}.querySelector('.says').textContent.includes('The second is 0.5625.')");
        Assert.Equal(
            0,
            await page.ReadAsync<int>(
                "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
            )
        );
        await page.ScreenshotAsync($"explorable-{(isLivePage ? "live" : "static")}-{width}");
        Assert.Equal([], page.Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_diagram_goes_on_step_by_step_as_the_library_draws_it(bool isLivePage)
    {
        Figure Draw(double step) =>
            Figure.UnrolledNetwork(
                "Unrolled",
                3,
                ["a", "ö", "c"],
                Enumerable.Range(1, 3).Select(i => i <= step ? "!" : "?")
            );
        await using var page = await OpenAsync(Explorable.Of("Steps", Dial.Steps("step", 3), Draw), isLivePage);
        await page.Page.FocusAsync(".explorable-live button:not(:disabled)");
        await page.PressAsync("Enter");
        await page.PressAsync("Enter");
        await page.UntilAsync($"{Live}.querySelector('output').textContent === '3'");
        var shown = await page.ReadAsync<string>(
            $"decodeURIComponent({Live}.querySelector('img').src.replace('data:image/svg+xml,', ''))"
        );
        Assert.Equal(WithoutWords(Draw(3).ToSvg()), WithoutWords(shown));
        Assert.Equal(Draw(3).AltText, await page.ReadAsync<string>($"{Live}.querySelector('img').alt"));
        Assert.True(await page.ReadAsync<bool>($"{Live}.querySelector('button:last-of-type').disabled"));

        static string WithoutWords(string svg) =>
            System.Text.RegularExpressions.Regex.Replace(svg, "<desc>.*?</desc>", "");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_typed_goes_through_the_network_and_the_wire_can_be_cut(bool isLivePage)
    {
        var rnn = new VanillaRnn(2, 3, 2, new SeededRandom(4));
        Redraw(rnn.Parameters.Select(parameter => parameter.Values), new SeededRandom(5));
        var explorable = Explorable
            .Typed(
                "Typed",
                "words",
                "cat",
                PageNetwork.Of(rnn, ["cat", "dog"]),
                PageView.Labels("Tags", ["NO", "YES"]),
                PageView.States("States")
            )
            .WithFactor(Dial.Slider("W ×", 0, 1, 0.5, 1), "s.W");
        await using var page = await OpenAsync(explorable, isLivePage);
        await page.Page.FocusAsync(".explorable-live input[type=text]");
        await page.PressAsync("Control", "a");
        await page.Page.Keyboard.TypeAsync("dog Cat mouse dog");
        await page.UntilAsync($"{Live}.querySelector('.message').textContent.includes('know it: mouse.')");
        Assert.Equal(await StatesAsync(page), Written(rnn, [1, 0, 1]));
        await page.Page.FocusAsync(".explorable-live input[type=range]");
        await page.PressAsync("Home");
        rnn.W.Clear();
        await page.UntilAsync($"{Live}.querySelector('output').textContent === '0'");
        Assert.Equal(await StatesAsync(page), Written(rnn, [1, 0, 1]));

        // No text to read: the previous result stays, and the page says what to do.
        await page.Page.FocusAsync(".explorable-live input[type=text]");
        await page.PressAsync("Control", "a");
        await page.PressAsync("Delete");
        await page.UntilAsync($"{Live}.querySelector('.message').textContent.includes('Type something')");
        Assert.Equal(await StatesAsync(page), Written(rnn, [1, 0, 1]));
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task Every_figure_has_names_for_its_inputs_and_passes_the_accessibility_rules()
    {
        AxeCore.SkipWithoutIt();
        var random = new SeededRandom(1);
        var lstm = new SequenceModel<double>(new ModelShape(CellKind.Lstm, 2, 3, 2), random);
        var explorable = Explorable
            .Typed(
                "All views",
                "text",
                "abba",
                PageNetwork.Of(lstm, ["a", "b"]),
                PageView.Coloured("Coloured"),
                PageView.Unit("Gates", ("s.i", "in"), ("s.f", "keep")),
                PageView.Next("Next", ["a", "b"]),
                PageView.States("States")
            )
            .WithUnit(Dial.Choice("unit", "0", "1", "2"))
            .WithTemperature(Dial.Slider("temperature", 0.5, 2, 0.5, 1))
            .WithTop(Dial.Slider("top", 1, 2, 1, 2));
        await using var page = await OpenAsync(explorable, isLivePage: false);
        Assert.Equal(
            "text,unit,temperature,top",
            await page.ReadAsync<string>(
                $"[...{Live}.querySelectorAll('input, select')].map(field => field.labels[0]?.textContent).join()"
            )
        );
        await page.Page.SelectAsync(".explorable-live select", "2");
        await AxeCore.AssertNothingSeriousAsync(page, $"{Live}.querySelector('select').value === '2'");
    }

    public static TheoryData<string> Attacks
    {
        get
        {
            const string Evil = "<img src=x onerror='window.bad=1'><script>window.bad=2</script>";
            const string Panel =
                """{"kind":"bars","title":"EVIL","x":"EVIL","y":"EVIL","categories":["EVIL"],"series":[{"name":"EVIL","y":[1]}],"says":"EVIL"}""";
            string[] attacks =
            [
                "{}",
                "[]",
                "null",
                "7",
                "\"EVIL\"",
                """{"title":"EVIL","inputs":[],"panels":[]}""",
                """{"title":"EVIL","caption":"EVIL","inputs":[{"input":"slider","name":"EVIL","labels":["EVIL","b"],"at":0}],"panels":[PANEL],"frames":[{},{}]}""",
                """{"title":"t","inputs":[{"input":"choice","name":"EVIL","labels":["EVIL"],"at":0}],"panels":[PANEL],"frames":[{"0/__proto__/bad":3,"__proto__/bad":3,"constructor/prototype/bad":3,"0/constructor":"EVIL","0/title":"EVIL"}]}""",
                """{"title":"t","inputs":[{"input":"slider","name":"n","labels":["a"],"at":0}],"panels":[{"kind":"__proto__","title":"t"}],"frames":[{}]}""",
                """{"title":"t","inputs":[{"input":"slider","name":"n","labels":["a"],"at":0}],"panels":[{"kind":"picture","title":"t","alt":"EVIL","parts":["EVIL","svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"window.bad=4\">","script>window.bad=5","/script>","/svg>"]}],"frames":[{}]}""",
                """{"title":"t","inputs":[{"input":"slider","name":"n","values":[1,2],"at":9}],"panels":[],"frames":[{},{}]}""",
                """{"title":"t","inputs":[{"input":"slider","name":"n","values":{"f32":"no base64!"},"at":0}],"panels":[],"frames":[{}]}""",
                """{"title":"t","inputs":[{"input":"text","name":"n","value":"a"}],"panels":[],"network":{"known":["a"],"size":1e9,"steps":[]}}""",
                """{"title":"t","inputs":[{"input":"text","name":"n","value":"a"}],"panels":[{"kind":"heat","of":"s","rows":["1"],"title":"EVIL"}],"network":{"split":"words","known":["a"],"size":1,"steps":[{"op":"constructor","out":"s","in":"x"}]}}""",
                """{"title":"t","inputs":[{"input":"text","name":"n","value":"EVIL"}],"panels":[{"kind":"tags","of":"x","labels":["EVIL"],"title":"EVIL","x":"EVIL","y":"EVIL"}],"network":{"split":"letters","known":["EVIL"],"before":["EVIL"],"size":1,"steps":[]}}""",
            ];
            return
            [
                .. attacks.Select(attack =>
                    attack.Replace("PANEL", Panel).Replace("EVIL", JsonEncodedText.Encode(Evil).ToString())
                ),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Data_that_mean_harm_leave_the_page_whole(string json)
    {
        foreach (var isLivePage in new[] { true, false })
        {
            await using var page = await OpenAsync(Output(json, "<p>still</p>"), isLivePage);
            await page.UntilAsync("[...document.images].every(image => image.complete)");
            await page.ReadAsync<object?>(
                "void [...document.querySelectorAll('.explorable button, .explorable input')].forEach(field => "
                    + "{ field.click(); field.dispatchEvent(new Event('input')); })"
            );
            Assert.Null(await page.ReadAsync<object?>("window.bad ?? ({}).bad ?? null"));
            Assert.Equal(0, await page.ReadAsync<int>("document.querySelectorAll('.explorable script').length"));
            Assert.True(
                await page.ReadAsync<bool>(
                    "[...document.querySelectorAll('.rich p, .explorable-live')].some(shown => shown.checkVisibility())"
                )
            );
        }
    }

    private static async Task<double[]> EvaluateAsync(
        BrowserPage page,
        PageNetwork network,
        int outputs,
        int[] symbols,
        string name
    )
    {
        var json = Explorable.Typed("t", "p", "a", network, PageView.Next("n", Symbols[..outputs])).ToJson();
        var numbers = await page.Page.EvaluateFunctionAsync<string>(
            """
            async (json, symbols, name) => {
              const { evaluate, networkOf } = await import(document.querySelector('link[href*="page.css"]').href.replace("page.css", "explorable.js"));
              return evaluate(networkOf(JSON.parse(json).network), symbols).get(name).flatMap((column) => [...column]).join(" ");
            }
            """,
            json,
            symbols,
            name
        );
        return
        [
            .. numbers
                .Split(' ')
                .Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    private static void Close(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    // The weights as on the page, rounded to 32 bits.
    private static void Redraw(IEnumerable<double[]> parameters, SeededRandom random)
    {
        foreach (var values in parameters)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)random.NextUniform(-1, 1);
            }
        }
    }

    private static MathNet.Numerics.LinearAlgebra.Vector<double> Vector(double[] numbers) =>
        MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(numbers);

    private static Task<string> StatesAsync(BrowserPage page) =>
        page.ReadAsync<string>(
            $"[...{Live}.querySelectorAll('.heat:not(.tags) td')].map(e => e.textContent).join(' ')"
        );

    private static string Written(VanillaRnn rnn, int[] symbols)
    {
        var states = rnn.Forward([.. symbols.Select(k => Vector([k == 0 ? 1 : 0, k == 1 ? 1 : 0]))]).s.Skip(1).ToList();
        return string.Join(
            ' ',
            Enumerable
                .Range(0, 3)
                .SelectMany(row => states.Select(s => s[row]))
                .Select(v => Math.Abs(v) < 0.01 ? Math.Round(v, 4) : Math.Round(v, 2, MidpointRounding.AwayFromZero))
                .Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−'))
        );
    }

    private static DisplayOutput Output(string json, string html) =>
        new(
            new MimeBundle([
                KeyValuePair.Create<string, MimeValue>(MimeType, new MimeJson(JsonNode.Parse(json))),
                KeyValuePair.Create<string, MimeValue>("text/html", new MimeText(html)),
            ])
        );

    private Task<BrowserPage> OpenAsync(
        Explorable explorable,
        bool isLivePage,
        int width = 1280,
        bool isDark = false
    ) => OpenAsync(Output(explorable.ToJson(), explorable.ToHtml()), isLivePage, width, isDark);

    private async Task<BrowserPage> OpenAsync(
        DisplayOutput output,
        bool isLivePage,
        int width = 1280,
        bool isDark = false
    )
    {
        var notebook = TestFolder.Make("1");
        notebook = notebook with { Cells = [(CodeCell)notebook.Cells[0] with { Outputs = [output] }] };
        if (isLivePage)
        {
            NotebookWriter.Write(notebook, Path.Combine(Folder.Notebooks, "e.ipynb"));
            return await Browser.OpenAsync(Server.AddressOf("e"), width, isDark: isDark);
        }

        var file = Folder.PathOf("e.html");
        await File.WriteAllTextAsync(
            file,
            PageRenderer.Render(notebook, new PageContext { Title = "Page" }),
            TestContext.Current.CancellationToken
        );
        return await Browser.OpenAnythingAsync(new Uri(file), width, isDark: isDark);
    }
}
