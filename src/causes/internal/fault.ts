import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const internalFault = cause({
  code: "internal/fault",
  status: 500,
  title: "The gateway itself failed",
  why: "A gateway that fails has not judged the request, and what is not judged is not forwarded. It says so under its own name, rather than as a fault of the caller's or of the service's.",
  explain: ([it]) => `A fault inside the gateway stopped the request.${seen(it)}`,
  fix: [
    { by: "caller", does: "Try again, and give the operator the decision's id if that does not help" },
    { by: "operator", does: "See the gateway's log at this time, and report the fault" },
  ],
})
