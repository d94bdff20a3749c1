using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter.Tests.Wire;

public sealed class ConnectionInfoTests
{
    [Theory]
    [InlineData("127.0.0.1", "tcp://127.0.0.1:5001")]
    [InlineData("127.3.2.1", "tcp://127.3.2.1:5001")]
    [InlineData("localhost", "tcp://127.0.0.1:5001")]
    [InlineData("::1", "tcp://[::1]:5001")]
    public void An_address_of_this_machine_is_taken(string ip, string endpoint)
    {
        var info = Read(json => json["ip"] = ip);

        Assert.Equal(endpoint, info.Endpoint(info.ShellPort));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.5")]
    [InlineData("*")]
    [InlineData("example.org")]
    [InlineData("")]
    public void An_address_that_others_can_reach_is_refused_unless_it_is_meant(string ip)
    {
        Assert.Contains("--allow-remote", Refusal(json => json["ip"] = ip), StringComparison.Ordinal);
        Assert.Equal(ip, Read(json => json["ip"] = ip, allowRemote: true).Ip);
    }

    [Fact]
    public void What_this_kernel_does_not_do_is_refused_by_name()
    {
        Assert.Contains("'ipc'", Refusal(json => json["transport"] = "ipc"), StringComparison.Ordinal);
        Assert.Contains("'hmac-md5'", Refusal(json => json["signature_scheme"] = "hmac-md5"), StringComparison.Ordinal);
        Assert.Contains("ports", Refusal(json => json["hb_port"] = 5001), StringComparison.Ordinal);
        Assert.Contains("ports", Refusal(json => json["hb_port"] = 70_000), StringComparison.Ordinal);
        Assert.Contains("shell_port", Refusal(json => json.Remove("shell_port")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_no_JSON_is_named()
    {
        Assert.Contains(
            "nowhere.json",
            Assert.Throws<ConnectionFileException>(() => ConnectionInfo.Read("nowhere.json", false)).Message,
            StringComparison.Ordinal
        );
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "not JSON");
        Assert.Contains(
            file,
            Assert.Throws<ConnectionFileException>(() => ConnectionInfo.Read(file, false)).Message,
            StringComparison.Ordinal
        );
        File.Delete(file);
    }

    private static string Refusal(Action<JsonObject> change) =>
        Assert.Throws<ConnectionFileException>(() => Read(change)).Message;

    private static ConnectionInfo Read(Action<JsonObject> change, bool allowRemote = false)
    {
        var json = new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = "127.0.0.1",
            ["shell_port"] = 5001,
            ["iopub_port"] = 5002,
            ["stdin_port"] = 5003,
            ["control_port"] = 5004,
            ["hb_port"] = 5005,
            ["key"] = "k",
            ["signature_scheme"] = "hmac-sha256",
            ["kernel_name"] = "any",
        };
        change(json);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json.ToJsonString());
            return ConnectionInfo.Read(file, allowRemote);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
