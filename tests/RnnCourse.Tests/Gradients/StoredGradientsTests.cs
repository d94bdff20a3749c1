using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Gradients;

namespace RnnCourse.Tests.Gradients;

public sealed class StoredGradientsTests
{
    private static readonly string Stored = Repository.PathOf("datasets/gradients/the-still-fish.json");

    [Fact]
    public void The_stored_parameters_are_those_of_the_lesson_and_the_gradients_are_ours()
    {
        var stored = StoredGradients.Read(Stored);
        var (network, example) = OfTheLesson();
        Assert.StartsWith("libtorch 2.", stored.Framework, StringComparison.Ordinal);
        Assert.Equal(["the", "still", "fish"], stored.Words);
        var (loss, gradients) = network.LossAndGradients(example.x, example.targets);
        Assert.Equal(stored.Loss, loss, 1e-12);
        Assert.Equal(network.Parameters.Count, stored.Gradients.Count);
        foreach (var (parameter, gradient) in network.Parameters.Zip(gradients))
        {
            Assert.Equal(stored.Parameters[parameter.Name], parameter.Values);
            Assert.InRange(CentralDifferences.RelativeError(stored.Gradients[parameter.Name], gradient), 0, 1e-12);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("""{"libtorch": "2", "words": [], "loss": "much", "parameters": {}, "gradients": {}}""")]
    [InlineData("""{"libtorch": "2", "words": [], "loss": 1, "parameters": {"W": [["x"]]}, "gradients": {}}""")]
    [InlineData("""{"libtorch": "2", "words": [], "loss": 1, "parameters": {"W": []}, "gradients": {}}""")]
    public void A_file_that_holds_something_else_is_refused_by_name(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            var error = Assert.Throws<FormatException>(() => StoredGradients.Read(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_missing() =>
        Assert.Throws<FileNotFoundException>(() => StoredGradients.Read(Stored + ".no"));

    // As lesson 08 creates it.
    private static (VanillaRnn Network, GradientDescent.Example Example) OfTheLesson()
    {
        var random = new SeededRandom(8);
        var network = new VanillaRnn(13, 3, 7, random);
        foreach (var parameter in network.Parameters)
        {
            for (var k = 0; k < parameter.Values.Length; k++)
            {
                parameter.Values[k] = random.NextUniform(-1, 1);
            }
        }

        return (network, TinySentences.ToExample(TinySentences.Tag("the", "still", "fish")));
    }
}
