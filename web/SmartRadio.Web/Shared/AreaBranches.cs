using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using SmartRadio.Controller.Areas;

namespace SmartRadio.Web.Shared;

/// <summary>
/// A tree of areas as nested lists. The browser and the renderer go down the lists by recursion, so what lies deeper than
/// <see cref="Levels"/> is shown on the last level; new trees are never so deep.
/// </summary>
public sealed class AreaBranches : ComponentBase
{
    private const int Levels = 64;

    [Parameter, EditorRequired]
    public required AreaTree Tree { get; set; }

    /// <summary>Classes of the outermost list beside "tree".</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>What an area's entry shows above the areas below it.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<Area> ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "ul");
        builder.AddAttribute(1, "class", Class is null ? "tree" : "tree " + Class);
        var open = 0;
        foreach (var (area, level) in Tree.Walk())
        {
            var at = Math.Min(level, Levels - 1);
            if (open > at)
            {
                open = Close(builder, open, at);
            }
            else if (at > 0)
            {
                builder.OpenElement(2, "ul");
            }

            builder.OpenElement(3, "li");
            builder.AddContent(4, ChildContent(area));
            open++;
        }

        Close(builder, open, 0);
        builder.CloseElement();
    }

    /// <summary>Ends entries until only those above a level are open.</summary>
    private static int Close(RenderTreeBuilder builder, int open, int level)
    {
        for (; open > level; open--)
        {
            builder.CloseElement();
            if (open - 1 > level)
            {
                builder.CloseElement();
            }
        }

        return open;
    }
}
