using Actors.Wire.Ikev2;
using Actors.Wire.Ipv6;

namespace Actors.Wire.MobilityHeaders;

/// <summary>IKEv2 payload chains in mobility headers.</summary>
public static class Ikev2Fragments
{
    /// <summary>A chain as experimental options of the message, as many as it takes.</summary>
    /// <param name="first">Type of the chain's first payload.</param>
    public static void AddIkev2Chain(this ref Ipv6PacketWriter packet, Ikev2PayloadType first, scoped ReadOnlySpan<byte> chain)
    {
        var count = checked((byte)Math.Max(1, (chain.Length + Ikev2FragmentOption.MaximumDataBytes - 1) / Ikev2FragmentOption.MaximumDataBytes));
        for (byte index = 0; index < count; index++)
        {
            var data = chain[..Math.Min(chain.Length, Ikev2FragmentOption.MaximumDataBytes)];
            packet.AddMobilityOption(new Ikev2FragmentOption(first, index, count, data));
            chain = chain[data.Length..];
        }
    }

    /// <summary>
    /// Puts the pieces together, which must be there once each and in order; none is <see cref="ParseFault.WrongType"/>.
    /// </summary>
    /// <param name="buffer">For the chain, which is one with its bytes from then on: 2,048 bytes hold any.</param>
    public static ParseResult<Ikev2Chain> ReadIkev2Chain(this MobilityOptions options, Span<byte> buffer)
    {
        var error = new ParseError(ParseFault.WrongType, 0);
        var length = 0;
        int index = 0, count = 1;
        var first = Ikev2PayloadType.None;
        foreach (var option in options)
        {
            if (option.Type != Ikev2FragmentOption.Type)
                continue;
            if (!option.Read<Ikev2FragmentOption>().TryGet(out var piece, out error))
                return new ParseResult<Ikev2Chain>(error);
            if (index == 0)
                (first, count) = (piece.First, piece.Count);
            if (piece.Index != index || piece.Count != count || piece.First != first)
                return new ParseResult<Ikev2Chain>(new ParseError(ParseFault.BadValue, option.OffsetBytes));
            if (!piece.Data.TryCopyTo(buffer[length..]))
                return new ParseResult<Ikev2Chain>(new ParseError(ParseFault.BadLength, option.OffsetBytes));
            length += piece.Data.Length;
            index++;
        }
        if (index == 0)
            return new ParseResult<Ikev2Chain>(error);
        return index == count
            ? Ikev2Chain.Read(first, buffer[..length])
            : new ParseResult<Ikev2Chain>(new ParseError(ParseFault.Truncated, length));
    }
}
