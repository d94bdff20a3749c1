using System.Text.Json.Serialization;

namespace RnnCourse.Benchmarks.SideBySide;

/// <summary>Two ways to do the same thing, ready to be timed alternately.</summary>
/// <param name="Name">The task, such as "product 256×64×256 float".</param>
/// <param name="Peer">The library that it is compared with.</param>
/// <param name="Flops">How many floating-point operations it takes.</param>
/// <param name="IsDouble">Whether it computes in double precision, which halves the machine's peak.</param>
/// <param name="Prepare">Makes both actions; what they hold is disposed of after the timing.</param>
internal sealed record Contest(string Name, string Peer, double Flops, bool IsDouble, Func<Contestants> Prepare);

/// <summary>The two actions of a <see cref="Contest"/>, one call each.</summary>
internal sealed record Contestants(Action Ours, Action Theirs, params IDisposable[] Held) : IDisposable
{
    public void Dispose()
    {
        foreach (var held in Held)
        {
            held.Dispose();
        }
    }
}

/// <summary>One row of the result.</summary>
internal sealed record Row(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("ours_ms")] double OursMs,
    [property: JsonPropertyName("peer")] string Peer,
    [property: JsonPropertyName("peer_ms")] double PeerMs,
    [property: JsonPropertyName("ratio")] double Ratio,
    [property: JsonPropertyName("spread")] double Spread,
    [property: JsonPropertyName("share_of_peak")] double ShareOfPeak
);
