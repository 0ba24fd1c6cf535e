import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import type { Opened } from "./opened.suite.ts"
import type { PlanStore } from "./records.ts"

/** What every plan store does. `open` makes an empty one. */
export function planStoreSuite(name: string, open: () => Opened<PlanStore>): void {
  describe(`${name} as a plan store`, () => {
    let opened: Opened<PlanStore>
    let plans: PlanStore
    beforeEach(() => {
      opened = open()
      plans = opened.subject
    })
    afterEach(() => opened.close())

    test("an empty store knows no plan and none is in force", () => {
      expect(plans.find("a")).toBeUndefined()
      expect(plans.current()).toBeUndefined()
    })

    test("a plan kept is found, and in force until another is kept", () => {
      plans.keep("a", "text of a")
      expect(plans.current()).toBe("a")
      plans.keep("b", "text of b")
      expect(plans.current()).toBe("b")
      expect(plans.find("a")).toBe("text of a")
      expect(plans.find("b")).toBe("text of b")
    })

    test("a plan kept again is in force again, with the text it had", () => {
      plans.keep("a", "text of a")
      plans.keep("b", "text of b")
      plans.keep("a", "another text")
      expect(plans.current()).toBe("a")
      expect(plans.find("a")).toBe("text of a")
    })

    test("a text is kept to the letter", () => {
      const text = `ä\u0001"${"long ".repeat(100_000)}`
      plans.keep("a", text)
      expect(plans.find("a")).toBe(text)
    })
  })
}
