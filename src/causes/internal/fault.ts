import { cause } from "../cause.ts"

export const internalFault = cause({
  code: "internal/fault",
  status: 500,
  title: "The gateway itself failed",
  why: "A gateway that fails has not judged the request, and what is not judged is not forwarded. It says so under its own name, rather than as a fault of the caller's or of the service's.",
  explain: () => "A fault inside the gateway stopped the request before it was forwarded.",
  fix: [
    { by: "caller", does: "Try again, and tell the operator the time if it fails again" },
    { by: "operator", does: "See the gateway's log at this time, and report the fault" },
  ],
})
