using SmartRadio.Benchmarks.Brokers;

namespace SmartRadio.Benchmarks.Rows;

/// <summary>One line of the table: a piece of work, done the same way against either broker.</summary>
internal interface IRow
{
    static IReadOnlyList<IRow> All { get; } =
    [
        new FanoutRow(1_000), new FanoutRow(5_000), new FanoutRow(10_000),
        new PacedRow(), new TargetedRow(100, 100), new TargetedRow(10_000, 100), new TargetedRow(10_000, 10_000),
        new IdleRow(), new StalledRow(0), new StalledRow(1), new StormRow(),
    ];

    string Name { get; }

    /// <summary>What issue to hold it against.</summary>
    string Aim { get; }

    /// <summary>Figures by name with their unit, in the order they are printed.</summary>
    IReadOnlyList<(string Name, double Value)> Run(BrokerProcess broker);
}
