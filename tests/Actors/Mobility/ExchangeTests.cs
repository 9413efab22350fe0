using Actors.Mobility;
using Actors.Network;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.Steps;

namespace Tests.Actors.Mobility;

public class ExchangeTests
{
    private static readonly Packet Request =
        new BindingUpdate(default, default, 1, 1).From(Address.Of(new NodeId(1)), Address.Of(new NodeId(2)));

    [Fact]
    public void A_request_is_sent_four_times_after_waits_that_double()
    {
        var exchange = new Exchange();
        var opened = At(0, effects => exchange.Open(Request, TimeSpan.FromSeconds(1), effects));
        Assert.Same(Request, opened.Packet());
        var waits = new List<long> { opened.Single(effect => effect.Kind == EffectKind.StartTimer).Ticks };
        while (exchange.MayRepeat)
        {
            var repeated = At(0, effects => exchange.Repeat(effects));
            Assert.Same(Request, repeated.Packet());
            waits.Add(repeated.Single(effect => effect.Kind == EffectKind.StartTimer).Ticks);
        }

        Assert.Equal([1, 2, 4, 8], waits.Select(ticks => ticks / TimeSpan.TicksPerSecond));
        Assert.Equal(Exchange.GivesUpAfterTimeouts, waits.Sum() / TimeSpan.TicksPerSecond);
    }

    [Fact]
    public void Closing_cancels_the_timer_once()
    {
        var exchange = new Exchange();
        At(0, effects => exchange.Open(Request, TimeSpan.FromSeconds(1), effects));
        Assert.Equal("BU retransmission", exchange.Name);
        Assert.Equal(EffectKind.CancelTimer, Assert.Single(At(0, exchange.Close)).Kind);
        Assert.Empty(At(0, exchange.Close));
        Assert.False(exchange.IsOpen);
    }

    [Fact]
    public void Awaiting_sends_nothing_until_the_wait_is_over()
    {
        var exchange = new Exchange();
        Assert.Empty(At(0, effects => exchange.Await(Request, TimeSpan.FromSeconds(1), effects)).Packets());
        Assert.Same(Request, At(1000, effects => exchange.Repeat(effects)).Packet());
    }
}
