import { cause } from "../../decision/cause.ts"

export const routeNotFound = cause({
  code: "route/not-found",
  status: 404,
  title: "No route is for this path",
  explain: () => "Each request must match a route of some service, by host and path, and this one matches none.",
  fix: [
    {
      by: "caller",
      does: "Check the path and the host for a slip; paths are matched exactly, capital letters and trailing slashes too",
    },
    { by: "operator", does: "Add a route for the path" },
  ],
})
