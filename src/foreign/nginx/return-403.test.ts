import { expect, test } from "bun:test"
import { readCase } from "../../exhibits/case.ts"
import { nginxReturn403 } from "./return-403.ts"

/** Whether a strong clue that looks at the symptom alone is found in it. */
const isSeen = (symptom: string): boolean => {
  const read = readCase({ symptom, evidence: {} })
  if (!("of" in read)) throw new Error(read.fault)
  return nginxReturn403.clues.some(
    ({ weight, all }) =>
      weight === "strong" &&
      all.every(
        (it) => !("see" in it) && it.text instanceof RegExp && it.in.includes("symptom") && it.text.test(symptom),
      ),
  )
}

test("a rule `return 403;` is seen", () => {
  expect(isSeen("there is `return 403;` in the server block")).toBe(true)
})

test("that something returns 403 is not taken for a rule", () => {
  expect(isSeen("fetching it by a program returns 403; the browser downloads it")).toBe(false)
})
