using Actors.Kernel;
using CsCheck;
using Experiments.Cluster.Span;

namespace Tests.Experiments.Cluster;

public sealed class BatchInboxTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Batches_come_out_in_order_however_their_pieces_come_in() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            var inbox = new BatchInbox(Short);
            for (var number = 0L; number < 6; number += 2)
            {
                // Two batches of each of two members may be under way at a time.
                var pieces = new List<(int Member, long Number, int Part, int Parts)>();
                foreach (var member in (int[])[1, 2])
                {
                    foreach (var which in (long[])[number, number + 1])
                    {
                        var parts = random.Next(1, 4);
                        pieces.AddRange(Enumerable.Range(0, parts).Select(part => (member, which, part, parts)));
                    }
                }

                var arrivals = pieces.Concat(pieces.Where(_ => random.Next(3) == 0)).ToArray();
                random.Shuffle(arrivals);
                foreach (var (member, which, part, parts) in arrivals)
                    inbox.Deliver(member, which, part, parts, new byte[] { (byte)member, (byte)which, (byte)part });
                foreach (var which in (long[])[number, number + 1])
                {
                    foreach (var member in (int[])[2, 1])
                    {
                        var parts = pieces.Count(piece => piece.Member == member && piece.Number == which);
                        Assert.Equal(Enumerable.Range(0, parts).SelectMany(part => (byte[])[(byte)member, (byte)which, (byte)part]), inbox.Take(member));
                    }
                }
            }
        });

    [Fact]
    public void A_batch_that_is_missing_is_noticed_when_a_later_one_comes()
    {
        var inbox = new BatchInbox(TimeSpan.FromMinutes(1));
        inbox.Deliver(1, 2, 0, 1, new byte[] { 1 });
        Assert.Equal("batch 0 of member 1 is missing: it sends 2 already", Assert.Throws<MemberLostException>(() => inbox.Take(1)).Message);
    }

    [Fact]
    public void A_member_that_is_silent_is_given_up()
    {
        var inbox = new BatchInbox(Short);
        inbox.Deliver(2, 0, 0, 1, new byte[] { 1 });
        Assert.Equal("member 1 has sent nothing for 0 s", Assert.Throws<MemberLostException>(() => inbox.Take(1)).Message);
    }

    [Theory]
    [InlineData(-1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 0, int.MaxValue)]
    [InlineData(int.MaxValue, 0, 1)]
    public void A_piece_that_is_none_is_refused(int member, int part, int parts)
    {
        var inbox = new BatchInbox(Short);
        inbox.Deliver(member, 0, part, parts, new byte[] { 1 });
        Assert.StartsWith("a piece of a batch that is none", Assert.Throws<MemberLostException>(() => inbox.Take(1)).Message, StringComparison.Ordinal);
    }
}
