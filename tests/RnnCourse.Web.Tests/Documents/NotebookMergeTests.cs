using CsCheck;
using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Documents;

public sealed class NotebookMergeTests
{
    [Theory]
    [InlineData("a b c", "a b c", "a B c", "a B c", "")] // theirs
    [InlineData("a b c", "a B c", "a b c", "a B c", "")] // mine
    [InlineData("a b c", "A b c", "a b C", "A b C", "")] // both, in different cells
    [InlineData("a b c", "a B! c", "a B? c", "a B! c", "b")] // both, in one cell: mine stays
    [InlineData("a b c", "a B c", "a B c", "a B c", "")] // both the same
    [InlineData("a b c", "a b c", "a c", "a c", "")] // they took a cell out
    [InlineData("a b c", "a B c", "a c", "a B c", "b")] // which I had changed: it stays
    [InlineData("a b c", "a c", "a B c", "a c", "")] // I took out what they changed: it stays out
    [InlineData("a b c", "a b c", "a x b c", "a x b c", "")] // they added one
    [InlineData("a b c", "a b y c", "a b x c", "a b y x c", "")] // both added one at the same place
    [InlineData("a b c", "c a b", "a b x c", "c a b x", "")] // I moved, they added
    [InlineData("a b c", "a b c", "c b a", "c b a", "")] // they moved
    public void Changes_of_both_are_kept(string before, string mine, string theirs, string expected, string disputed)
    {
        var merge = NotebookMerge.Of(Parse(before), Parse(mine), Parse(theirs));
        Assert.Equal(expected, string.Join(' ', merge.Notebook.Cells.Select(cell => cell.Source)));
        Assert.Equal(disputed, string.Join(' ', merge.Disputed));
    }

    [Fact]
    public void Nothing_of_mine_is_ever_lost() =>
        Gen.Select(Texts, Texts, Texts)
            .Sample(
                (before, mine, theirs) =>
                {
                    var merge = NotebookMerge.Of(Parse(before), Parse(mine), Parse(theirs));
                    var old = Parse(before).Cells.ToDictionary(cell => cell.Id, cell => cell.Source);
                    var kept = merge.Notebook.Cells.ToDictionary(cell => cell.Id, cell => cell.Source);
                    return Parse(mine)
                        .Cells.Where(cell => old.GetValueOrDefault(cell.Id) != cell.Source)
                        .All(cell => kept[cell.Id] == cell.Source);
                }
            );

    [Fact]
    public void Who_changed_nothing_gets_the_others_version() =>
        Gen.Select(Texts, Texts)
            .Sample(
                (before, after) =>
                {
                    var theirs = NotebookMerge.Of(Parse(before), Parse(before), Parse(after)).Notebook;
                    var mine = NotebookMerge.Of(Parse(before), Parse(after), Parse(before)).Notebook;
                    return Text(theirs) == Text(Parse(after)) && Text(mine) == Text(Parse(after));
                }
            );

    private static Gen<string> Texts =>
        Gen.Shuffle("abcdef".ToCharArray(), 0, 6)
            .SelectMany(letters =>
                Gen.Int[0, 2]
                    .Array[letters.Length]
                    .Select(turns =>
                        string.Join(' ', letters.Zip(turns, (letter, turn) => $"{letter}{new string('!', turn)}"))
                    )
            );

    private static string Text(Notebook notebook) => string.Join(' ', notebook.Cells.Select(cell => cell.Source));

    // The id of a cell is its first letter in lower case.
    private static Notebook Parse(string text) =>
        new()
        {
            Cells =
            [
                .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(source => TestFolder.MakeCell($"{char.ToLowerInvariant(source[0])}", source)),
            ],
        };
}
