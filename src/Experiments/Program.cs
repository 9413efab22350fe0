using Experiments.Cli;

return HandoverCommand.Run(Laboratory.OfThisProcess(args));
