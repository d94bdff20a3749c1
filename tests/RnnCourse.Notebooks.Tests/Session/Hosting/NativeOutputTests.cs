using System.Text;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

public sealed class NativeOutputTests
{
    private const string Marker = "<end of cell>";

    [Theory]
    [InlineData("one" + Marker + "two" + Marker + "three")]
    [InlineData("one<end of", " cell>two", Marker + "three")]
    [InlineData("o", "ne", "<", "end of cell", ">tw", "o" + Marker, "three")]
    public async Task Each_cell_has_what_was_written_before_its_marker_however_it_comes(params string[] pieces)
    {
        var output = new NativeOutput(ReaderOf(pieces), Marker);
        Assert.Equal("one", await output.TakeCellAsync());
        Assert.Equal("two", await output.TakeCellAsync());
        await output.Completed;
        Assert.Equal("three", output.TakeRest());
    }

    [Fact]
    public async Task Of_endless_output_the_beginning_and_the_end_are_kept_and_the_next_cell_has_its_own()
    {
        string[] endless = ["the beginning", .. Enumerable.Repeat(new string('x', 10_000), 20), "the end" + Marker];
        var output = new NativeOutput(ReaderOf([.. endless, "next" + Marker]), Marker);
        var kept = await output.TakeCellAsync();
        Assert.StartsWith("the beginning", kept, StringComparison.Ordinal);
        Assert.EndsWith("the end", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, 40_000, 100_000);
        Assert.Equal("next", await output.TakeCellAsync());
    }

    private static StreamReader ReaderOf(string[] pieces) => new(new Pieces(pieces), Encoding.UTF8);

    /// <summary>A stream that gives one piece at a time, as a pipe does.</summary>
    private sealed class Pieces(IEnumerable<string> pieces) : MemoryStream
    {
        private readonly Queue<byte[]> _pieces = new(
            pieces.SelectMany(piece => Encoding.UTF8.GetBytes(piece).Chunk(500))
        );

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            await Task.Yield();
            if (!_pieces.TryDequeue(out var piece))
            {
                return 0;
            }

            piece.CopyTo(buffer);
            return piece.Length;
        }
    }
}
