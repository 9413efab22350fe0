using Actors.Mobility;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using Topology.Plans;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Model = ArchUnitNET.Domain.Architecture;

namespace Tests.Architecture;

/// <summary>The table of docs/rooms.md: which part of the product may use which.</summary>
public class RoomsTests
{
    private static readonly Model Product = new ArchLoader()
        .LoadAssemblies(typeof(NetworkPlan).Assembly, typeof(IHandoverScheme).Assembly, System.Reflection.Assembly.Load("Experiments"))
        .Build();

    private static readonly (string Room, string[] MayUse)[] Rooms =
    [
        ("Topology", []),
        ("Actors.Kernel", ["Topology"]),
        ("Actors.Wire", ["Topology"]),
        ("Actors.Security", ["Topology", "Actors.Wire"]),
        ("Actors.Observation", ["Actors.Kernel", "Actors.Wire"]),
        ("Actors.Network", ["Topology", "Actors.Kernel", "Actors.Wire", "Actors.Security", "Actors.Observation"]),
        ("Actors.Mobility", ["Topology", "Actors.Kernel", "Actors.Wire", "Actors.Security", "Actors.Observation", "Actors.Network"]),
        ("Actors.Schemes", ["Topology", "Actors.Kernel", "Actors.Wire", "Actors.Security", "Actors.Observation", "Actors.Network", "Actors.Mobility"]),
        ("Actors.Attackers", ["Topology", "Actors.Kernel", "Actors.Wire", "Actors.Network"]),
        ("Actors.Placement", ["Topology", "Actors.Kernel", "Actors.Wire", "Actors.Network"]),
    ];

    /// <summary>What a scheme may know of the kernel: instants, and timers as things to start and cancel.</summary>
    private static readonly string[] KernelForSchemes = ["Actors.Kernel.SimTime", "Actors.Kernel.VirtualTimer"];

    public static TheoryData<string> RoomNames => [.. Rooms.Select(room => room.Room)];

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void A_room_uses_only_the_rooms_it_may(string room)
    {
        var mayUse = Rooms.Single(entry => entry.Room == room).MayUse;
        foreach (var other in Rooms.Select(entry => entry.Room).Where(other => other != room && !mayUse.Contains(other)))
            Forbid(In(room), In(other)).Check(Product);
        Forbid(In(room), In("Experiments")).Check(Product);
        Forbid(In(room), FrontDoor()).Check(Product);
    }

    [Fact]
    public void Every_type_of_the_running_network_lives_in_a_room_or_is_the_front_door() =>
        Assert.Empty(Product.Types
            .Where(type => type.Assembly.Name.StartsWith("Actors", StringComparison.Ordinal) && !type.FullName.Contains('<'))
            .Where(type => type.Namespace.FullName != "Actors" && !Rooms.Any(room => IsWithin(type.Namespace.FullName, room.Room)))
            .Select(type => type.FullName));

    [Fact]
    public void A_scheme_sees_neither_Akka_nor_the_engine()
    {
        // A session of a scheme is a timer, and a virtual timer is Akka's ICancelable: inherited, not used.
        Forbid(In("Actors.Schemes"), Types(true).That().ResideInNamespaceMatching(Within("Akka")).And().DoNotHaveFullName("Akka.Actor.ICancelable"))
            .Check(Product);
        Forbid(In("Actors.Schemes"), Types().That().ResideInNamespaceMatching(Within("Actors.Kernel")).And().DoNotHaveFullName(KernelForSchemes[0])
            .And().DoNotHaveFullName(KernelForSchemes[1])).Check(Product);
    }

    [Fact]
    public void A_scheme_uses_its_parent_and_the_parents_before_it_never_a_sibling()
    {
        var folders = HandoverSchemes.All.ToLookup(scheme => scheme.GetType().Namespace!, StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            var ancestors = folder.SelectMany(Ancestors).Select(scheme => scheme.GetType().Namespace!).ToHashSet(StringComparer.Ordinal);
            foreach (var other in folders.Select(entry => entry.Key).Where(other => other != folder.Key && !ancestors.Contains(other)))
                Forbid(In(folder.Key), In(other)).Check(Product);
        }
    }

    [Fact]
    public void Every_folder_of_schemes_holds_a_scheme()
    {
        var folders = HandoverSchemes.All.Select(scheme => scheme.GetType().Namespace!).ToList();
        Assert.Empty(Product.Types
            .Where(type => IsWithin(type.Namespace.FullName, "Actors.Schemes") && !folders.Any(folder => IsWithin(type.Namespace.FullName, folder)))
            .Select(type => type.FullName));
    }

    [Fact]
    public void A_use_that_a_rule_forbids_is_seen()
    {
        Assert.False(Forbid(In("Actors.Network"), In("Actors.Kernel")).HasNoViolations(Product));
        Assert.False(Forbid(In("Actors"), Types(true).That().ResideInNamespaceMatching(Within("Akka"))).HasNoViolations(Product));
    }

    private static IEnumerable<IHandoverScheme> Ancestors(IHandoverScheme scheme)
    {
        for (var parent = scheme.Parent; parent is not null; parent = HandoverSchemes.Find(parent)?.Parent)
            yield return HandoverSchemes.Find(parent) ?? throw new InvalidOperationException($"{scheme.Name}: no scheme is named {parent}");
    }

    private static IObjectProvider<IType> In(string room) => Types().That().ResideInNamespaceMatching(Within(room)).As(room);

    private static IObjectProvider<IType> FrontDoor() => Types().That().ResideInNamespace("Actors").As("the front door of Actors");

    private static IArchRule Forbid(IObjectProvider<IType> from, IObjectProvider<IType> to) =>
        Types().That().Are(from).Should().NotDependOnAny(to).WithoutRequiringPositiveResults();

    private static string Within(string room) => $@"^{room.Replace(".", @"\.", StringComparison.Ordinal)}(\.|$)";

    private static bool IsWithin(string name, string room) => name == room || name.StartsWith(room + ".", StringComparison.Ordinal);
}
