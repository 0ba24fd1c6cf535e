import type { z } from "zod"

const HOPELESS = 1000

/** Of the branches of a union, the one whose faults are least; undefined when the value is of another type than each. */
export function likeliest(branches: readonly (readonly z.core.$ZodIssue[])[]): number | undefined {
  const costs = branches.map(costOf)
  const least = Math.min(...costs)
  return least >= HOPELESS ? undefined : costs.indexOf(least)
}

const costOf = (issues: readonly z.core.$ZodIssue[]): number => issues.reduce((sum, issue) => sum + weight(issue), 0)

/** What is wrong far inside was meant to be there; what is wrong at the top was meant as something else. */
function weight(issue: z.core.$ZodIssue): number {
  switch (issue.code) {
    case "invalid_type":
      return issue.path.length === 0 ? HOPELESS : 5
    case "invalid_value":
      // A constant decides between forms (`type: …`), so one that differs says: not this form.
      return issue.path.length === 0 ? HOPELESS : issue.path.length === 1 && issue.values.length === 1 ? 100 : 3
    case "unrecognized_keys":
      return 10 * issue.keys.length
    case "invalid_union":
      return Math.min(HOPELESS, ...issue.errors.map(costOf)) + (issue.path.length === 0 ? 0 : 1)
    default:
      return 1
  }
}
