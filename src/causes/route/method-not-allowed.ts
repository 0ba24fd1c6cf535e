import { cause } from "../../decision/cause.ts"

export const routeMethodNotAllowed = cause({
  code: "route/method-not-allowed",
  status: 405,
  title: "The route does not take this method",
  explain: ([it]) => `The path is known, but ${it.said}.`,
  fix: [
    { by: "caller", does: "Use a method listed in the Allow field" },
    { by: "operator", does: "Add the method to the route's `methods`" },
  ],
})
