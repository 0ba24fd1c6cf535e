import { cause } from "../cause.ts"

export const routeNotFound = cause({
  code: "route/not-found",
  status: 404,
  title: "No route is for this path",
  why: "A gateway forwards what it was told to forward. A path that no route names could be anything: a page that was moved, a slip, or a search for what was left open.",
  explain: () => "A request has to match a route of some service, by host and path, and this one matches none.",
  fix: [
    { by: "caller", does: "Check path and host for a slip; capital letters and a slash at the end count" },
    { by: "operator", does: "Add a route for the path" },
  ],
})
