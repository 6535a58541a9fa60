using System.CommandLine;
using SmartRadio.Simulation.World;

var seeds = new Option<string>("--seeds") { Description = "First and last seed, as 1..100", DefaultValueFactory = _ => "1..10" };
var days = new Option<int>("--days") { Description = "Simulated days a world", DefaultValueFactory = _ => 7 };
var nodes = new Option<int>("--nodes") { Description = "Nodes a world", DefaultValueFactory = _ => 20 };
var command = new RootCommand(
    "Simulates communes with real nodes and a real controller, one world a seed.") { seeds, days, nodes };
command.SetAction(
    parsed => Campaign.Run(SeedRange.Parse(parsed.GetValue(seeds)!), parsed.GetValue(days), parsed.GetValue(nodes), Console.Out));
return command.Parse(args).Invoke();
