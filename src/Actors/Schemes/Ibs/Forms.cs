using Actors.Mobility.Aaa;
using Actors.Schemes.IbsFamipv6;
using Actors.Wire;
using Actors.Wire.Diameter;

namespace Actors.Schemes.Ibs;

/// <summary>Nonce, the address that access is asked for, and the node's signature over both.</summary>
public sealed class SignedAccessRequestForm : IAaaContentForm
{
    public Type Content => typeof(SignedAccessRequest);

    public void Write(AaaContent content, AaaExchange exchange, ref DiameterWriter attributes)
    {
        var request = (SignedAccessRequest)content;
        attributes.AddNonce(exchange.Keys, request.Nonce);
        attributes.Add(DiameterAttributeCode.CareOfAddress, request.CareOfAddress);
        attributes.AddIdentitySignature(
            request.Signature, exchange, SignedAccessRequest.Covered(exchange.User, request.Nonce, request.CareOfAddress), BitConverter.GetBytes(request.Nonce));
    }

    public AaaContent? Read(DiameterMessage attributes, AaaExchange exchange)
    {
        if (!exchange.IsRequest || attributes.ReadNonce(exchange.Keys) is not { } nonce
            || !attributes.TryFind(DiameterAttributeCode.CareOfAddress, out var careOf) || careOf.Data.Length != 18)
            return null;
        var reader = new WireReader(careOf.Data[2..]);
        var address = reader.Address();
        return new SignedAccessRequest(nonce, address, attributes.ReadIdentitySignature(
            exchange, SignedAccessRequest.Covered(exchange.User, nonce, address), BitConverter.GetBytes(nonce)));
    }
}
