using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter.Tests.Wire;

public sealed class MessageSignerTests
{
    [Fact]
    public void The_last_65536_signatures_are_remembered_and_no_more()
    {
        var signer = new MessageSigner("key");
        static byte[] Signature(int number) => System.Text.Encoding.ASCII.GetBytes($"{number}");

        Assert.True(signer.IsFirst(Signature(0)));
        Assert.All(Enumerable.Range(1, 65_535), number => Assert.True(signer.IsFirst(Signature(number))));
        Assert.False(signer.IsFirst(Signature(0)));
        Assert.True(signer.IsFirst(Signature(65_536)));
        Assert.True(signer.IsFirst(Signature(0)));
        Assert.False(signer.IsFirst(Signature(65_535)));
    }
}
