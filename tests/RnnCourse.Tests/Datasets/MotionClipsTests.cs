using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class MotionClipsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_clips_and_all_actions_alike()
    {
        var clips = MotionClips.Draw(60, new SeededRandom(3));
        var again = MotionClips.Draw(60, new SeededRandom(3));
        Assert.Equal(
            clips.SelectMany(clip => clip.Frames).SelectMany(frame => frame.Pixels),
            again.SelectMany(clip => clip.Frames).SelectMany(frame => frame.Pixels)
        );
        Assert.All(MotionClips.Actions, action => Assert.Equal(10, clips.Count(clip => clip.Label == action)));
        Assert.All(clips, clip => Assert.InRange(clip.Frames.Count, MotionClips.MinFrames, MotionClips.MaxFrames));
        Assert.Throws<ArgumentException>(() => MotionClips.DrawOne("sideways", new SeededRandom(1)));
    }

    [Fact]
    public void Each_action_moves_the_light_its_own_way()
    {
        // How well a frame agrees with the previous one shifted by one pixel; the agreement is best in the direction of
        // the motion.
        foreach (var (action, dx, dy) in new[] { ("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1) })
        {
            var clips = Enumerable
                .Range(0, 20)
                .Select(k => MotionClips.DrawOne(action, new SeededRandom((ulong)k)))
                .ToList();
            double Agreement(int x, int y) =>
                clips.Sum(clip => clip.Frames.Zip(clip.Frames.Skip(1), (a, b) => Shifted(a, b, x, y)).Sum());
            foreach (var (x, y) in new[] { (-1, 0), (1, 0), (0, -1), (0, 1) })
            {
                if ((x, y) != (dx, dy))
                {
                    Assert.True(Agreement(dx, dy) > 1.1 * Agreement(x, y), $"{action}: ({x}, {y})");
                }
            }
        }
    }

    private static double Shifted(GreyImage a, GreyImage b, int dx, int dy)
    {
        var sum = 0.0;
        for (var y = 0; y < a.Height; y++)
        {
            for (var x = 0; x < a.Width; x++)
            {
                sum +=
                    a.Pixels[(y * a.Width) + x]
                    * b.Pixels[((y + dy + a.Height) % a.Height * a.Width) + ((x + dx + a.Width) % a.Width)];
            }
        }

        return sum;
    }
}
