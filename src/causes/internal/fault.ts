import { cause } from "../../decision/cause.ts"

export const internalFault = cause({
  code: "internal/fault",
  status: 500,
  title: "The gateway itself failed",
  explain: () => "A fault inside the gateway stopped the decision. The request was not forwarded.",
  fix: [
    { by: "caller", does: "Give the operator the decision's id" },
    { by: "operator", does: "See the gateway's log at this time, and report the fault" },
  ],
})
