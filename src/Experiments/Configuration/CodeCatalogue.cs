namespace Experiments.Configuration;

public static class CodeCatalogue { }
