using Markdig;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages;

/// <summary>Shows docs/saf.md, which travels beside the executable: what a SAF package may hold.</summary>
public sealed partial class HelpPage
{
    private static readonly MarkdownPipeline _markdown = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    // Read at once, not later: the router moves the focus to the heading when the page is first drawn.
    private static readonly MarkupString _text = new(Markdown.ToHtml(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "saf.md")), _markdown));
}
