namespace Experiments.Configuration;

/// <summary>The codes of all messages, also those of the network (HO3) and of results folders (HO5); <see cref="CodeCatalogue"/> explains them.</summary>
public static class Codes
{
    public const string Unreadable = "HO1001";
    public const string Unexpected = "HO1002";
    public const string Unclosed = "HO1003";
    public const string Stray = "HO1004";
    public const string NoValue = "HO1005";
    public const string Duplicate = "HO1006";
    public const string UnknownKey = "HO1007";
    public const string BadText = "HO1008";
    public const string BadInclude = "HO1009";
    public const string BadReference = "HO1010";
    public const string WrongKind = "HO1011";
    public const string NoUnit = "HO1012";
    public const string UnknownUnit = "HO1013";
    public const string OutOfRange = "HO1014";
    public const string NoSuchWord = "HO1015";
    public const string BadExpression = "HO1016";
    public const string MissingKey = "HO1017";
    public const string BadSweep = "HO1018";
    public const string UnknownScheme = "HO1019";
    public const string BadFilter = "HO1020";
    public const string BadOverride = "HO1021";
    public const string BadExpectation = "HO1022";
    public const string NeedsQuotes = "HO1024";
    public const string TooDeep = "HO1025";
    public const string BadName = "HO1026";
    public const string BadKey = "HO1027";
    public const string NoSuchMetric = "HO1028";
    public const string BadLibrary = "HO1029";
    public const string BadTable = "HO1030";

    public const string SweptForNothing = "HO2001";
    public const string UndefinedName = "HO2002";
    public const string WrongDimension = "HO2003";
    public const string BadLike = "HO2004";
    public const string BadBaseline = "HO2005";
    public const string BadPlot = "HO2006";
    public const string ExpectsNothing = "HO2007";
    public const string NothingLeft = "HO2008";
    public const string EmptyStudy = "HO2009";
    public const string BadWaypoint = "HO2010";
    public const string SameLabel = "HO2011";
    public const string OutOfRangeInCell = "HO2012";
    public const string TooManyCells = "HO2013";
    public const string BadTraffic = "HO2014";
    public const string MissingRole = "HO2015";

    public const string Unreachable = "HO3001";
    public const string ZeroLookahead = "HO3002";
    public const string SameName = "HO3003";
    public const string Misplaced = "HO3004";
    public const string NoDelay = "HO3005";
    public const string NoProbability = "HO3006";
    public const string NoCapacity = "HO3007";
    public const string BadOutage = "HO3008";
    public const string NoSuchPlace = "HO3009";
    public const string BadRestart = "HO3010";
    public const string BadRefusal = "HO3011";
    public const string TooFewMobiles = "HO3012";
    public const string BytesOfProfile = "HO3013";
    public const string BadTopologyFile = "HO3014";
    public const string NoServer = "HO3015";
    public const string BadTrace = "HO3016";
    public const string BadMovement = "HO3017";
    public const string DoesNotFit = "HO3018";
    public const string NoCore = "HO3019";

    public const string PrecisionNotReached = "HO4001";
    public const string BudgetSpent = "HO4002";
    public const string ReplicationFailed = "HO4003";
    public const string ExpectationFailed = "HO4004";
    public const string NoClosedForm = "HO4005";

    public const string NotOurFolder = "HO5001";
    public const string NoResults = "HO5002";
    public const string DamagedFile = "HO5003";
    public const string ForeignStore = "HO5004";
    public const string OtherVersion = "HO5005";
    public const string FolderInUse = "HO5006";
    public const string Unwritable = "HO5007";
}
