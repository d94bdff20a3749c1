using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_piece_is_done_once(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (var round = 0; round < 200; round++)
        {
            var done = new int[round % 17];
            team.Run(done.Length, piece => Interlocked.Increment(ref done[piece]));
            Assert.All(done, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void A_piece_that_fails_is_reported_and_the_others_are_done()
    {
        using var team = new WorkerTeam(3);
        var done = new int[10];
        var failure = Assert.Throws<AggregateException>(() =>
            team.Run(
                10,
                piece =>
                {
                    done[piece] = 1;
                    if (piece == 4)
                    {
                        throw new InvalidOperationException("piece 4");
                    }
                }
            )
        );
        Assert.Equal("piece 4", failure.InnerException!.Message);
        Assert.All(done, count => Assert.Equal(1, count));
        team.Run(2, _ => { });
    }
}
