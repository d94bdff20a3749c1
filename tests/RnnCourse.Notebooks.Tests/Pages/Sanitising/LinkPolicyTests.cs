using RnnCourse.Notebooks.Pages.Sanitising;

namespace RnnCourse.Notebooks.Tests.Pages.Sanitising;

public sealed class LinkPolicyTests
{
    [Theory]
    [InlineData("https://example.org/a", "https://example.org/a")]
    [InlineData("mailto:a@example.org", "mailto:a@example.org")]
    [InlineData("06-lesson.ipynb", "06-lesson.html")]
    [InlineData("./06-lesson.ipynb#The Part", "06-lesson.html#the-part")]
    [InlineData("#The Part", "#the-part")]
    [InlineData("folder/a.txt", "folder/a.txt")]
    public void A_link_leads_to_the_page_or_the_file_that_it_names(string address, string expected) =>
        Assert.Equal(expected, Resolve(address));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//example.org/a")]
    [InlineData("\\\\example.org\\a")]
    [InlineData("#")]
    [InlineData(" ")]
    public void A_link_to_code_or_to_another_host_without_a_scheme_becomes_plain_text(string address) =>
        Assert.Null(Resolve(address));

    [Fact]
    public void An_address_that_the_host_gives_must_be_safe_too() =>
        Assert.Null(new LinkPolicy(_ => "javascript:alert(1)").Resolve("a.txt"));

    private static string? Resolve(string address) => new LinkPolicy(found => found).Resolve(address);
}
