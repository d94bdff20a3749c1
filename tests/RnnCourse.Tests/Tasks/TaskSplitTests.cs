using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Tasks;

namespace RnnCourse.Tests.Tasks;

public sealed class TaskSplitTests
{
    private readonly List<string> _remarks = [];

    [Fact]
    public void What_came_in_one_part_is_split()
    {
        var split = Split(new(["train"], [], []), train: 40, dev: 0, testFrom: 0, testTo: 0);
        Assert.Equal((32, 4, 4), (split.Train.Count, split.Dev.Count, split.Test.Count));
        Assert.Empty(_remarks);
    }

    [Fact]
    public void Given_parts_stay_and_what_they_share_is_left_out_and_told()
    {
        var split = Split(new(["train"], ["dev"], ["test"]), train: 30, dev: 5, testFrom: 28, testTo: 40);
        Assert.Equal((23, 5, 12), (split.Train.Count, split.Dev.Count, split.Test.Count));
        Assert.Equal(
            ["7 words were left out of the training and dev parts because a later part has them too."],
            _remarks
        );
    }

    [Fact]
    public void A_dev_part_that_was_not_given_is_taken_out_of_the_training_part()
    {
        var split = Split(new(["train"], [], ["test"]), train: 40, dev: 0, testFrom: 40, testTo: 50);
        Assert.Equal((36, 4, 10), (split.Train.Count, split.Dev.Count, split.Test.Count));
        Assert.Equal(40, split.Train.Concat(split.Dev).Distinct().Count());
    }

    [Fact]
    public void A_training_part_that_is_too_small_for_a_dev_part_is_refused_with_its_path() =>
        Assert.Contains(
            "There are 9 different words; at least 10 are needed",
            Refused(new(["train"], [], ["test"]), train: 9, dev: 0, testFrom: 40, testTo: 50).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(50, "The training part holds no word that the dev and test parts don't have too. Add some")]
    [InlineData(0, "The test part holds no word. Add some to it.")]
    public void A_part_of_which_nothing_is_left_is_refused(int testTo, string message) =>
        Assert.Contains(
            message,
            Refused(new(["train"], ["dev"], ["test"]), train: 9, dev: 0, testFrom: 0, testTo).Message,
            StringComparison.Ordinal
        );

    private DataFileException Refused(DataParts parts, int train, int dev, int testFrom, int testTo)
    {
        var refused = Assert.Throws<DataFileException>(() => Split(parts, train, dev, testFrom, testTo));
        Assert.Contains("words.txt", refused.Message, StringComparison.Ordinal);
        return refused;
    }

    // The training part contains the words 0 to train, the dev part the first few of them again.
    private DataSplit<string> Split(DataParts parts, int train, int dev, int testFrom, int testTo) =>
        TaskSplit.Of(
            "words.txt",
            parts,
            Words(0, train),
            files =>
                files is ["dev"] ? Words(0, dev)
                : files is ["test"] ? Words(testFrom, testTo)
                : [],
            word => word,
            "word",
            _remarks.Add
        );

    private static string[] Words(int from, int to) => [.. Enumerable.Range(from, to - from).Select(k => $"word {k}")];
}
