using CsCheck;
using Tests.Topology.Movement;
using Topology.Exchange;
using Topology.Movement;
using Topology.Plans;
using static Tests.Topology.Movement.Walks;

namespace Tests.Topology.Exchange;

public sealed class TraceReaderTests
{
    private const string Sumo = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- generated -->
        <fcd-export xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://sumo.dlr.de/xsd/fcd_file.xsd">
            <timestep time="0.00">
                <vehicle id="a" x="10.00" y="50.00" angle="90.00" type="car" speed="10.00" pos="5.10" lane="e_0" slope="0.00"/>
            </timestep>
            <timestep time="12.00">
                <vehicle id="a" x="130.00" y="50.00"/>
                <vehicle id="b" x="150.00" y="50.00"/>
            </timestep>
            <timestep time="22.00">
                <vehicle id="b" x="50.00" y="50.00"/>
            </timestep>
        </fcd-export>
        """;

    private const string Lines = "time,id,x,y\n0,a,10,50\n12,a,130,50\n12,b,150,50\n22,b,50,50\n";

    private const string Setdest = """
        # nodes: 2
        $node_(a) set X_ 10.0
        $node_(a) set Y_ 50.0
        $node_(a) set Z_ 0.0
        $node_(b) set X_ 150.0
        $node_(b) set Y_ 50.0
        $god_ set-dist 0 1 1
        $ns_ at 0.0 "$node_(a) setdest 130.0 50.0 10.0"
        $ns_ at 12.0 "$node_(b) setdest 50.0 50.0 10.0"
        """;

    [Theory]
    [InlineData("sumo", Sumo)]
    [InlineData("lines", Lines)]
    [InlineData("setdest", Setdest)]
    public void The_same_movement_gives_the_same_handovers_in_every_form(string form, string text)
    {
        var tracks = new TraceTracks(Board(2, 100), new HandoverRule(5, 15, 10), 1);
        Assert.Null(Read(form, text, tracks));
        Assert.Equal((2, 0, 1), (tracks.Count, tracks.FirstRouter(0), tracks.FirstRouter(1)));
        Assert.Equal([new PlannedHandover(9.5, 1, 1, false)], tracks.Handovers(0).Select(Rounded));
        Assert.Equal([new PlannedHandover(17.5, 0, 1, false)], tracks.Handovers(1).Select(Rounded));
    }

    [Fact]
    public void An_order_of_setdest_takes_the_place_of_the_one_before()
    {
        var points = new List<TracePoint>();
        Assert.Null(SetdestReader.Read(new StringReader("""
            $node_(0) set X_ 0
            $node_(0) set Y_ 0
            $ns_ at 1.0 "$node_(0) setdest 100 0 10"
            $ns_ at 3.0 "$node_(0) setdest 20 30 15"
            """), "x.tcl", point =>
        {
            points.Add(point);
            return true;
        }));
        Assert.Equal([(0, 0, 0), (1, 0, 0), (3, 20, 0), (5, 20, 30)], points.Select(point => (point.Seconds, point.Place.X, point.Place.Y)));
    }

    [Theory]
    [InlineData("lines", "1,a,0", "x:1 HO3016 this is no place of a node. Write time,id,x,y, as in 0.5,car1,120,35.")]
    [InlineData("lines", "1,a,0,0\n0.5,a,1,1", "x:2 HO3016 'a' is no later than before. Sort the trace by time.")]
    [InlineData("lines", "", "x: HO3016 nobody moves in it. Write time,id,x,y, one a line.")]
    [InlineData("sumo", "<fcd-export/>", "x: HO3016 nobody moves in it. Give the output of sumo --fcd-output.")]
    [InlineData("sumo", "<fcd-export><timestep/></fcd-export>", "x:1 HO3016 a timestep has no time. Give the output of sumo --fcd-output.")]
    [InlineData("sumo", "<fcd-export><timestep time='0'>\n<vehicle id='a' x='1'/></timestep></fcd-export>", "x:2 HO3016 a vehicle lacks its timestep, id, x or y. Give the output of sumo --fcd-output.")]
    [InlineData("sumo", "<!DOCTYPE a [<!ENTITY b 'c'>]><fcd-export/>", "x:1 HO3016 the file has a document type, which is not read. Delete its DOCTYPE.")]
    [InlineData("setdest", "$ns_ at 1 \"$node_(7) setdest 1 1 1\"", "x:1 HO3016 node 7 has no place. Set its X_ and Y_ first.")]
    [InlineData("setdest", "$ns_ at 1 node setdest", "x:1 HO3016 this is no order. Write $ns_ at 2.0 \"$node_(0) setdest 10 20 5.0\".")]
    public void What_is_wrong_with_a_trace_is_told_in_a_line(string form, string text, string problem) =>
        Assert.Equal(problem, Read(form, text, new TraceTracks(Board(2, 100), new HandoverRule(5, 15, 10), 1))!.ToString());

    /// <summary>Two ways to the same handovers: legs that are asked for, and points that come in.</summary>
    [Fact]
    public void The_recorded_corners_of_a_walk_give_the_handovers_of_the_walk() => Gen.ULong.Sample(seed =>
    {
        var cells = Board(5, 100);
        var rule = new HandoverRule(3, 15, 10);
        var model = new RandomWaypoint(new Area(500, 500), new SpeedRange(2, 25), 2);
        var tracks = new TraceTracks(cells, rule, 1);
        var walk = new Walk(model, seed, 0);
        var time = 0.0;
        while (tracks.EndSeconds < 200)
        {
            Assert.True(tracks.TryAdd(new TracePoint(time, "a", walk.Walker.At)));
            time += walk.Walker.Seconds;
            walk.NextLeg();
        }

        var planned = Handovers(model, cells, rule, seed, 0, 100);
        Assert.Equal(planned.Select(Rounded), tracks.Handovers(0).Where(handover => handover.AtSeconds < 100).Select(Rounded));
    }, iter: 100);

    private static PlannedHandover Rounded(PlannedHandover handover) => new(
        Math.Round(handover.AtSeconds, 6), handover.Router, handover.FailsAfterSeconds is { } seconds ? Math.Round(seconds, 6) : null, handover.IsPingPong);

    private static ReadingProblem? Read(string form, string text, TraceTracks tracks) => form switch
    {
        "sumo" => TraceReader.ReadSumo(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "x", point => tracks.TryAdd(point)),
        "lines" => TraceReader.ReadLines(new StringReader(text), "x", point => tracks.TryAdd(point)),
        _ => SetdestReader.Read(new StringReader(text), "x", point => tracks.TryAdd(point)),
    };
}
