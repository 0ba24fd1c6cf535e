import { cause } from "../../decision/cause.ts"

export const edgeAddressNotAllowed = cause({
  code: "edge/address-not-allowed",
  status: 403,
  title: "The caller's address is not one this service accepts",
  explain: ([it]) =>
    `The service accepts listed networks only, and the address seen is ${it.observed ?? "another"}. Behind a proxy or a VPN that is its address and not yours.`,
  fix: [
    { by: "caller", does: "Call from an accepted network" },
    { by: "operator", does: "Add the address to `ip-allow`; if a proxy stands in front, name it in `trusted-proxies`" },
  ],
})
