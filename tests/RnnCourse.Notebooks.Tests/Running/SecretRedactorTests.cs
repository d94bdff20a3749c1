using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Running;
using RnnCourse.Notebooks.Tests.Session.Hosting;
using static RnnCourse.Notebooks.Tests.Running.Notebooks;

namespace RnnCourse.Notebooks.Tests.Running;

public sealed class SecretRedactorTests
{
    [Fact]
    public async Task Cells_see_a_variable_only_if_it_is_passed_and_what_sounds_secret_does_not_reach_outputs()
    {
        Environment.SetEnvironmentVariable("ENGINE_TEST_TOKEN", "s3cr<t-value");
        Environment.SetEnvironmentVariable("ENGINE_TEST_PLAIN", "plain");
        try
        {
            var notebook = Of(
                Cell(
                    "a",
                    "Console.Write($\"{Environment.GetEnvironmentVariable(\"ENGINE_TEST_TOKEN\") ?? \"none\"} "
                        + "{Environment.GetEnvironmentVariable(\"ENGINE_TEST_PLAIN\") ?? \"none\"}\");"
                ),
                Cell("b", "foreach (var c in \"s3cr<t-value\") Console.Write(c);\n\"s3cr<t-value\""),
                Cell("c", "throw new Exception(\"s3cr<t-value\");")
            );
            var run = await notebook.RunAsync();
            Assert.Equal("none none", run.TextOf("a"));
            Assert.Equal("[ENGINE_TEST_TOKEN left out][ENGINE_TEST_TOKEN left out]", run.TextOf("b"));
            Assert.DoesNotContain(
                "s3cr<t-value",
                string.Join('\n', run.Failure!.Error.Traceback),
                StringComparison.Ordinal
            );

            run = await notebook.RunAsync(
                new RunnerOptions(SessionProcessProgram.Start)
                {
                    PassedVariables = ["ENGINE_TEST_TOKEN", "ENGINE_TEST_PLAIN"],
                }
            );
            Assert.Equal("[ENGINE_TEST_TOKEN left out] plain", run.TextOf("a"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("ENGINE_TEST_TOKEN", null);
            Environment.SetEnvironmentVariable("ENGINE_TEST_PLAIN", null);
        }
    }

    [Fact]
    public void A_password_of_an_address_is_found_as_the_address_writes_it_and_as_it_is_typed()
    {
        var secrets = SecretRedactor.Of(
            Pairs(("HTTP_PROXY", "http://me:p%40ss<word@proxy:80"), ("B", "ftp://a:%20%20@b"))
        );
        Assert.Equal(
            "[HTTP_PROXY left out] [HTTP_PROXY left out] [HTTP_PROXY left out]  two blanks",
            secrets.Redact("p%40ss%3Cword p@ss<word p@ss&lt;word  two blanks")
        );
    }

    [Fact]
    public void Values_are_found_in_every_form_that_outputs_write_them_in()
    {
        var secrets = SecretRedactor.Of(
            Pairs(("A_KEY", "a<b&\"c d"), ("HTTP_PROXY", "http://me:hunter22@proxy:80"), ("SHORT_KEY", "true"))
        );
        Assert.Equal(
            "x [A_KEY left out] [A_KEY left out] [A_KEY left out] true",
            secrets.Redact("x a<b&\"c d a&lt;b&amp;&quot;c d a%3Cb%26%22c%20d true")
        );
        Assert.Equal("http://me:[HTTP_PROXY left out]@proxy:80", secrets.Redact("http://me:hunter22@proxy:80"));
        var json = new MimeBundle([
            KeyValuePair.Create<string, MimeValue>(
                "application/json",
                new MimeJson(JsonNode.Parse("""{"k": ["a<b&\"c d", 1]}"""))
            ),
        ]);
        Assert.Equal(
            """{"k":["[A_KEY left out]",1]}""",
            ((MimeJson)secrets.Redact(json)["application/json"]!).Json!.ToJsonString()
        );
    }

    [Fact]
    public void A_value_that_holds_another_one_is_replaced_as_a_whole()
    {
        (string, string)[] pairs = [("A_KEY", "abcdef"), ("B_KEY", "abcdefghij"), ("C_KEY", "ghijkl")];
        foreach (
            var order in (int[][])
                [
                    [0, 1, 2],
                    [2, 1, 0],
                    [1, 0, 2],
                ]
        )
        {
            var secrets = SecretRedactor.Of(Pairs([.. order.Select(k => pairs[k])]));
            Assert.Equal(
                "[B_KEY left out] [A_KEY left out] [C_KEY left out]",
                secrets.Redact("abcdefghij abcdef ghijkl")
            );
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(params (string Name, string Value)[] pairs) =>
        pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value));
}
