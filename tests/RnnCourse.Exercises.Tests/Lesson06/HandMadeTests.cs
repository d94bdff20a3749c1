using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests.Lesson06;

/// <summary>Networks whose weights were chosen by hand: right is what tags the pair, with any words between.</summary>
public sealed class HandMadeTests
{
    private static readonly Dictionary<string, Func<VanillaRnn>> Right = new()
    {
        ["the solution"] = () => Switch(),
        ["only the pair's two words"] = () => Switch(words: ["the", "they"]),
        ["the other way round"] = () => Switch(sign: -1),
        ["from a start of its own"] = () => Switch(start: -1),
        ["with weights just large enough"] = () => Switch(push: 2, keep: 1.5, read: 3),
        ["two numbers, one unused"] = () => Switch(H: 2),
        ["four numbers, the third in use"] = () => Switch(H: 4, unit: 2),
        ["with the other tags held down"] = () =>
        {
            var net = Switch();
            foreach (var k in Enumerable.Range(0, 5))
            {
                net.c[k] = -5;
            }

            return net;
        },
        ["with a bias that fades"] = () =>
        {
            var net = Switch(keep: 6);
            net.b[0] = 0.2;
            return net;
        },
    };

    private static readonly Dictionary<string, (string Fault, Func<VanillaRnn> Net)> Wrong = new()
    {
        ["five numbers"] = ("too-large", () => Switch(H: 5)),
        ["keeps too little"] = ("same-tag", () => Switch(keep: 0.3)),
        ["keeps nothing"] = ("same-tag", () => Switch(keep: 0)),
        ["reads nothing"] = ("same-tag", () => Switch(read: 0)),
        ["writes nothing"] = ("same-tag", () => Switch(push: 0)),
        ["fish wipes the bit out"] = ("same-tag", () => Switch(words: ["the", "they", "fish"])),
        ["still wipes the bit out"] = ("same-tag", () => Switch(words: ["the", "they", "still"])),
        ["only wipes the bit out"] = ("same-tag", () => Switch(words: ["the", "they", "only"])),
        ["pushes the wrong way"] = ("wrong-tags", () => Switch(push: -12)),
        ["reads the wrong way"] = ("wrong-tags", () => Switch(read: -5)),
        ["rows of other tags"] = ("wrong-tags", () => Switch(noun: 4)),
        ["all words are NOUN or ADV"] = ("wrong-tags", () => Switch(verb: 4)),
        ["random weights"] = ("same-tag", () => new VanillaRnn(13, 1, 7, new SeededRandom(1))),
        ["turns at each word"] = ("wrong-tags", () => Switch(keep: -0.7)),
        ["other sizes"] = ("shape", () => new VanillaRnn(13, 1, 2, new SeededRandom(1))),
        ["other inputs"] = ("shape", () => new VanillaRnn(12, 1, 7, new SeededRandom(1))),
    };

    public static TheoryData<string> RightNames => [.. Right.Keys];

    public static TheoryData<string> WrongNames => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(RightNames))]
    public void A_network_that_tags_the_pair_is_right(string name)
    {
        var feedback = Check.HandMade(Right[name]());
        Assert.True(feedback.State == FeedbackState.Correct, feedback.ToString());
    }

    [Theory]
    [MemberData(nameof(WrongNames))]
    public void A_network_that_does_not_tag_the_pair_is_given_the_reason(string name)
    {
        var (fault, net) = Wrong[name];
        var feedback = Check.HandMade(net());
        Assert.True(feedback.Fault == fault, feedback.ToString());
    }

    private static VanillaRnn Switch(
        double push = 12,
        double keep = 4,
        double read = 5,
        int H = 1,
        int unit = 0,
        int sign = 1,
        double start = 0,
        int noun = 5,
        int verb = 6,
        string[]? words = null
    )
    {
        var net = new VanillaRnn(13, H, 7, new SeededRandom(1));
        foreach (var parameter in net.Parameters)
        {
            Array.Clear(parameter.Values);
        }

        foreach (var word in words ?? ["the", "every", "they", "we", "can", "will"])
        {
            net.U[unit, TinySentences.Vocabulary.ToList().IndexOf(word)] =
                sign * push * (word is "the" or "every" ? 1 : -1);
        }

        net.W[unit, unit] = keep;
        (net.V[noun, unit], net.V[verb, unit]) = (sign * read, -sign * read);
        net.s_0[unit] = start;
        return net;
    }
}
