using Actors.Mobility;
using Actors.Network;
using CsCheck;
using Topology.Addressing;
using Topology.Plans;
using static Tests.Actors.Steps;

namespace Tests.Actors.Mobility;

public class SessionTableTests
{
    private readonly SessionTable<Session> _table = new(TimeSpan.FromMilliseconds(10));

    [Fact]
    public void A_session_is_gone_when_its_lifetime_has_passed_untouched()
    {
        Put(1, 0);
        var touched = Put(2, 0);
        At(5, effects => _table.Touch(touched, effects));
        At(9.9, _table.Expire);
        Assert.Equal(2, _table.Count);
        At(10, _table.Expire);
        Assert.True(_table.Holds(touched));
        Assert.Equal(1, _table.Count);
        At(15, _table.Expire);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_session_that_is_kept_stays_until_it_is_removed()
    {
        var kept = Put(1, 0);
        _table.Keep(kept);
        At(1000, _table.Expire);
        Assert.True(_table.Holds(kept));
        At(1000, effects => _table.Remove(kept, effects));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_new_session_takes_the_place_of_the_old_one_and_stops_its_timer()
    {
        var old = Put(1, 0);
        At(0, effects => old.Open(new BindingUpdate(default, default, 1, 1).From(default, default), TimeSpan.FromSeconds(1), effects));
        var replacement = new Session(1);
        Assert.Equal(EffectKind.CancelTimer, Assert.Single(At(1, effects => _table.Put(replacement, effects))).Kind);
        Assert.False(_table.Holds(old));
        Assert.True(_table.TryFind(new NodeId(1), out var found) && found == replacement);
    }

    [Fact]
    public void Any_sequence_of_operations_leaves_what_a_plain_list_would_leave() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5], Gen.Int[0, 4]).Array[0, 60].Sample(operations =>
        {
            var table = new SessionTable<Session>(TimeSpan.FromMilliseconds(10));
            var model = new Dictionary<int, double>();
            var now = 0.0;
            foreach (var (operation, mobile, pause) in operations)
            {
                now += pause;
                At(now, table.Expire);
                foreach (var expired in model.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
                    model.Remove(expired);
                var exists = table.TryFind(new NodeId(mobile), out var session);
                Assert.Equal(model.ContainsKey(mobile), exists);
                if (operation == 0)
                {
                    At(now, effects => table.Put(new Session(mobile), effects));
                    model[mobile] = now + 10;
                }
                else if (exists && operation == 1)
                {
                    At(now, effects => table.Touch(session!, effects));
                    model[mobile] = now + 10;
                }
                else if (exists && operation == 2)
                {
                    At(now, effects => table.Remove(session!, effects));
                    model.Remove(mobile);
                }
                else if (exists && operation == 3)
                {
                    table.Keep(session!);
                    model[mobile] = double.PositiveInfinity;
                }

                Assert.Equal(model.Count, table.Count);
            }
        });

    private Session Put(int mobile, double ms)
    {
        var session = new Session(mobile);
        At(ms, effects => _table.Put(session, effects));
        return session;
    }

    private sealed class Session(int mobile) : MobileSession(new NodeId(mobile));
}
