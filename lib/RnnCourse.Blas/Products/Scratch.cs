using System.Runtime.InteropServices;

namespace RnnCourse.Blas.Products;

/// <summary>One thread's memory for packed panels: grown when a product needs more, kept for the next, freed with the
/// thread.</summary>
internal sealed unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static Scratch? _mine;

    private void* _left;
    private void* _right;
    private nuint _leftBytes;
    private nuint _rightBytes;

    ~Scratch()
    {
        NativeMemory.AlignedFree(_left);
        NativeMemory.AlignedFree(_right);
    }

    /// <summary>Gets the calling thread's memory.</summary>
    public static Scratch Mine => _mine ??= new Scratch();

    /// <summary>Room for a panel of A.</summary>
    /// <param name="bytes">How many bytes are needed.</param>
    public void* Left(nuint bytes)
    {
        if (_leftBytes < bytes)
        {
            _left = Grown(_left, bytes);
            _leftBytes = bytes;
        }

        return _left;
    }

    /// <summary>Room for a block of B.</summary>
    /// <param name="bytes">How many bytes are needed.</param>
    public void* Right(nuint bytes)
    {
        if (_rightBytes < bytes)
        {
            _right = Grown(_right, bytes);
            _rightBytes = bytes;
        }

        return _right;
    }

    // The old memory goes only once the new is there: when memory runs out, the next product still finds a buffer.
    private static void* Grown(void* old, nuint bytes)
    {
        var grown = NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.AlignedFree(old);
        return grown;
    }
}
