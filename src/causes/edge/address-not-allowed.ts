import { cause } from "../cause.ts"

export const edgeAddressNotAllowed = cause({
  code: "edge/address-not-allowed",
  status: 403,
  title: "The caller's address is not one this service accepts",
  why: "Some services are for the office, the data centre or one partner only, and an address is what can be checked before anything else is read. The list itself is told to operators only, as it shows how the network is built.",
  explain: ([it]) =>
    `The address seen is ${it.observed ?? "another than those"}, and the service accepts listed networks only. Behind a proxy or a VPN the address seen is that of the proxy.`,
  fix: [
    { by: "caller", does: "Call from an accepted network" },
    {
      by: "operator",
      does: "Add the address to `ip-allow`; where a proxy stands in front, name the proxy in `trusted-proxies`",
    },
  ],
})
