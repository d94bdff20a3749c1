using System.Buffers.Binary;
using System.Text;
using CsCheck;
using RnnCourse.Model.Files;
using RnnCourse.Shared;

namespace RnnCourse.Tests.Model.Files;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    private string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read() =>
        Gen.Select(Gen.Float.Array[0, 20], Gen.Double.Array[0, 20], Gen.String)
            .Sample(
                (floats, doubles, text) =>
                {
                    text = new string([.. text.Where(c => !char.IsSurrogate(c))]);
                    var path = PathOf("a.safetensors");
                    SafetensorsFile.Write(
                        path,
                        [
                            Tensor.Of<float>("f", [floats.Length], floats),
                            Tensor.Of<double>("d", [1, doubles.Length], doubles),
                        ],
                        new Dictionary<string, string> { ["note"] = text }
                    );
                    var (tensors, metadata) = SafetensorsFile.Read(path, requireChecksum: true);
                    Assert.Equal(text, Assert.Single(metadata).Value);
                    Assert.Equal(floats, tensors.Single(t => t.Name == "f").Read<float>());
                    Assert.Equal(doubles, tensors.Single(t => t.Name == "d").Read<double>());
                    Assert.Equal([1, doubles.Length], tensors.Single(t => t.Name == "d").Shape);
                },
                iter: 50,
                threads: 1
            );

    [Fact]
    public void Many_tensors_without_numbers_are_read_in_their_order()
    {
        Tensor[] tensors =
        [
            .. Enumerable
                .Range(0, 50)
                .Select(k => Tensor.Of<float>($"t{(k * 7) % 50}", [k % 3 == 0 ? 1 : 0], new float[k % 3 == 0 ? 1 : 0])),
        ];
        SafetensorsFile.Write(PathOf("e"), tensors, new Dictionary<string, string>());
        Assert.Equal(tensors.Select(t => t.Name), SafetensorsFile.Read(PathOf("e")).Tensors.Select(t => t.Name));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var path = PathOf("a.safetensors");
        SafetensorsFile.Write(path, [Tensor.Of<float>("x", [2], [1f, -2f])], new Dictionary<string, string>());
        var bytes = File.ReadAllBytes(path);
        var header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, (8 + header) % 8);
        Assert.Contains(
            "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}",
            Encoding.UTF8.GetString(bytes, 8, header),
            StringComparison.Ordinal
        );
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], bytes[(8 + header)..]);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var whole = Sample();
        for (var length = 0; length < whole.Length; length++)
        {
            AssertRefused(whole[..length]);
        }

        AssertRefused([.. whole, 0]);
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_refused()
    {
        var whole = Sample();
        var header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(whole);
        for (var k = 0; k < whole.Length; k++)
        {
            // Spaces that pad the header have no meaning.
            if (k < header && k > 8 && whole[k] == ' ')
            {
                continue;
            }

            var changed = (byte[])whole.Clone();
            changed[k] ^= 0x11;
            var path = PathOf("changed");
            File.WriteAllBytes(path, changed);
            try
            {
                var (tensors, metadata) = SafetensorsFile.Read(path, requireChecksum: true);
                Assert.Fail(
                    $"Byte {k} changed from {(char)whole[k]} to {(char)changed[k]}, and the file was read: "
                        + $"{tensors.Count} tensors."
                );
            }
            catch (InvalidDataException refused)
            {
                Assert.Contains(path, refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("{", 0, "not that of a safetensors file")]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\","
            + "\"shape\":[1],\"data_offsets\":[4,8]}}",
        8,
        "not that of a safetensors file"
    )]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\","
            + "\"shape\":[1],\"data_offsets\":[4,8]}}",
        8,
        "overlaps"
    )]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "gap")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8, "4 bytes follow")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "does not have 8 bytes")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,80]}}", 8, "cut short")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "not a whole number")]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}",
        8,
        "does not have 8 bytes"
    )]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "two offsets")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}", 8, "two offsets")]
    [InlineData("{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "unknown type")]
    [InlineData("{\"a\":{\"dtype\":3,\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "should hold a text")]
    [InlineData("{\"a\":{\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "not that of a safetensors file")]
    [InlineData("{\"a\":3}", 0, "not that of a safetensors file")]
    [InlineData("{\"__metadata__\":{\"a\":3}}", 0, "should hold a text")]
    [InlineData("{\"__metadata__\":[]}", 0, "not that of a safetensors file")]
    [InlineData("{\"a\":[[[[[[[[[[[[]]]]]]]]]]]]}", 0, "not that of a safetensors file")]
    public void A_hostile_header_is_refused_with_its_reason(string header, int dataLength, string reason)
    {
        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(header) + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)Encoding.UTF8.GetByteCount(header));
        Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));
        Assert.Contains(reason, AssertRefused(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData((ulong)SafetensorsFile.MaxHeaderLength + 1)]
    public void A_header_that_claims_to_be_huge_is_refused_before_it_is_read(ulong length)
    {
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Assert.Contains("more than", AssertRefused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_checksum_is_read_unless_one_is_asked_for()
    {
        var header = "{\"a\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}";
        var bytes = new byte[8 + header.Length + 8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 + header.Length), 2.5);
        File.WriteAllBytes(PathOf("foreign"), bytes);
        Assert.Equal([2.5f], SafetensorsFile.Read(PathOf("foreign")).Tensors[0].Read<float>());
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(PathOf("foreign"), requireChecksum: true));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_other()
    {
        var path = PathOf("a.safetensors");
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidOperationException>(() =>
            AtomicFile.Write(
                path,
                stream =>
                {
                    stream.WriteByte(1);
                    throw new InvalidOperationException("the disk is full");
                }
            )
        );
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_model_behind_a_link_is_replaced_with_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need a privilege on Windows.");
            return;
        }

        var (path, link) = (PathOf("private.safetensors"), PathOf("link.safetensors"));
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, path);
        SafetensorsFile.Write(link, [Tensor.Of<float>("a", [1], [1f])], new Dictionary<string, string>());

        Assert.Single(SafetensorsFile.Read(path).Tensors);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_read_only_model_stays_as_it_is()
    {
        var path = PathOf("kept.safetensors");
        File.WriteAllText(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        try
        {
            var exception = Assert.Throws<UnauthorizedAccessException>(() =>
                SafetensorsFile.Write(path, [Tensor.Of<float>("a", [1], [1f])], new Dictionary<string, string>())
            );
            Assert.Contains("read-only", exception.Message, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(path));
        }
        finally
        {
            File.SetAttributes(path, FileAttributes.Normal);
        }
    }

    [Fact]
    public void Names_must_differ_and_shapes_must_fit()
    {
        var tensor = Tensor.Of<float>("a", [1], [1f]);
        Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Write(PathOf("x"), [tensor, tensor], new Dictionary<string, string>())
        );
        Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Write(PathOf("x"), [tensor], new Dictionary<string, string> { ["sha256"] = "" })
        );
        Assert.Throws<ArgumentException>(() => Tensor.Of<float>("a", [2], [1f]));
        Assert.Throws<InvalidDataException>(() => new Tensor("a", "I64", [1], new byte[8]).Read<float>());
    }

    private byte[] Sample()
    {
        var path = PathOf("sample");
        SafetensorsFile.Write(
            path,
            [Tensor.Of<float>("first", [2, 1], [1f, 2f]), Tensor.Of<double>("second", [1], [3.0])],
            new Dictionary<string, string> { ["format"] = "test" }
        );
        return File.ReadAllBytes(path);
    }

    private string AssertRefused(byte[] bytes)
    {
        var path = PathOf("hostile");
        File.WriteAllBytes(path, bytes);
        var refused = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(path));
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        return refused.Message;
    }
}
