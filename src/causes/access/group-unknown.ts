import { cause } from "../cause.ts"

export const accessGroupUnknown = cause({
  code: "access/group-unknown",
  status: 403,
  title: "The key belongs to a team or tenant that is not configured",
  why: "A team's limits hold for all of its keys. A key whose team is gone would be held to none, so it opens no model until somebody says where it belongs.",
  explain: ([it]) =>
    it.observed === undefined
      ? "The key belongs to a group that is not configured, so its limits are not known."
      : `The key belongs to the ${it.observed.replace(/^"(\w+) (.*)"$/, '$1 "$2"')}, which is not configured, so its limits are not known.`,
  fix: [
    { by: "owner", does: "Ask the gateway's operator where the key belongs" },
    { by: "operator", does: "Add the group under `teams` or `tenants`, or make a key that belongs to another" },
  ],
})
