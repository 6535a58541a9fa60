using SmartRadio.Benchmarks.Brokers;
using SmartRadio.Benchmarks.Report;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>A piece of work, done the same way against either broker.</summary>
internal interface IRow
{
    static IReadOnlyList<IRow> All { get; } =
    [
        new TargetedRow(100, 100), new TargetedRow(10_000, 100), new TargetedRow(4_000, 4_000), new TargetedRow(10_000, 10_000),
        new UpRow(), new ChunksRow(), new LiveRow(4_000), new LiveRow(10_000),
        new IdleRow(), new StalledRow(0), new StalledRow(1), new StormRow(),
    ];

    string Name { get; }

    IReadOnlyList<Aim> Aims { get; }

    /// <summary>Figures in the order in which they are printed.</summary>
    IReadOnlyList<Figure> Run(BrokerProcess broker);
}

/// <param name="Name">With its unit.</param>
/// <param name="Value">NaN where there is none.</param>
internal readonly record struct Figure(string Name, double Value);
