import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const routeMethodNotAllowed = cause({
  code: "route/method-not-allowed",
  status: 405,
  title: "The route does not take this method",
  why: "A route lists the methods its service is meant to be asked with. What is not listed was not thought of, and may delete.",
  explain: ([it]) =>
    it.required === undefined
      ? `The path is known, and its route does not take the method ${it.observed ?? "that was used"}.`
      : `The method is ${it.observed ?? "another"}, and the path's route takes ${quoted(it.required, "and")}.`,
  fix: [
    { by: "caller", does: "Use a method that the `Allow` field lists" },
    { by: "operator", does: "Add the method to the route's `methods`" },
  ],
})
