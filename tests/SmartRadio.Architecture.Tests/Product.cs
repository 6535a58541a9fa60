using System.Reflection;

namespace SmartRadio.Architecture.Tests;

/// <summary>The assemblies people run.</summary>
internal static class Product
{
    public static Assembly Controller { get; } = Assembly.Load("SmartRadio.Controller");

    public static Assembly Web { get; } = Assembly.Load("SmartRadio.Web");

    public static Assembly Node { get; } = Assembly.Load("SmartRadio.Node");

    public static IReadOnlyList<Assembly> All { get; } =
    [
        Assembly.Load("SmartRadio.Protocol"), Node, Assembly.Load("smartradio-node"),
        Assembly.Load("SmartRadio.Mqtt"), Assembly.Load("SmartRadio.Audio"), Controller, Web,
    ];
}
