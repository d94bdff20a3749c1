using RnnCourse.Notebooks.Pages.Sanitising;

namespace RnnCourse.Notebooks.Tests.Pages.Sanitising;

public sealed class StylePolicyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("td{color:red}")]
    [InlineData("@media print{td:not([a='}']){width:calc(1px*(2 + 3))}}")]
    [InlineData("/* } */ a{content:\"}\"} b{content:'{'}")]
    [InlineData("a{width:calc(1px/2)}")]
    public void A_sheet_that_closes_what_it_opens_is_whole(string sheet) => Assert.True(StylePolicy.IsWhole(sheet));

    [Theory]
    [InlineData("} main{display:none}")]
    [InlineData("} main{display:none} a{")]
    [InlineData("a{")]
    [InlineData("a{(})")]
    [InlineData("a{content:\"}\n} b{\"}")]
    [InlineData("a{content:'}")]
    [InlineData("/* }")]
    [InlineData("/*/ } {")]
    [InlineData("\"")]
    public void A_sheet_that_could_leave_its_block_is_not(string sheet) => Assert.False(StylePolicy.IsWhole(sheet));

    [Theory]
    [InlineData("fill:url(#a)")]
    [InlineData("fill:URL( '#a-1' )")]
    [InlineData("background-position:top")]
    [InlineData("color:#123;margin:0 auto")]
    public void Looks_are_harmless(string css) => Assert.True(StylePolicy.IsHarmless(css));

    [Theory]
    [InlineData("background:url(x)")]
    [InlineData("background:URL('https://example.org/')")]
    [InlineData("fill:url(#a) url(b)")]
    [InlineData("fill:url(#')}('")]
    [InlineData("background:u\\72l(x)")]
    [InlineData("background:src('x')")]
    [InlineData("background:image-set('x' 1x)")]
    [InlineData("POSITION : Fixed")]
    [InlineData("@IMPORT 'x'")]
    public void What_loads_or_leaves_its_place_is_not(string css) => Assert.False(StylePolicy.IsHarmless(css));
}
