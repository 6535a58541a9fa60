using System.CommandLine;
using SmartRadio.Node.Virtual.Enrolment;
using SmartRadio.Node.Virtual.Fleet;
using SmartRadio.Node.Virtual.Memory;

const int badInput = 2;
const int interrupted = 130;

var program = new RootCommand("SmartRadio's loudspeaker node without the loudspeaker.") { FleetCommand.Create(),
    FleetCommand.CreateRun(), EnrolCommand.Create(), MemoryCommand.Create() };
var parsed = program.Parse(args);
if (parsed.Errors.Count > 0)
{
    Terminal.SayProblem(parsed.Errors[0].Message);
    return badInput;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return interrupted;
}
catch (FleetException problem)
{
    Terminal.SayProblem(problem.Message);
    return badInput;
}
finally
{
    await Terminal.EndAsync();
}
