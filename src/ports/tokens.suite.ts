import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import type { Opened } from "./opened.suite.ts"
import type { ManagementToken } from "./tokens.ts"

/** What every management token does. `open` makes one of which there is none yet. */
export function managementTokenSuite(name: string, open: () => Opened<ManagementToken>): void {
  describe(`${name} as a management token`, () => {
    let opened: Opened<ManagementToken>
    let token: ManagementToken
    beforeEach(() => {
      opened = open()
      token = opened.subject
    })
    afterEach(() => opened.close())

    test("before one is made, none exists and nothing matches", () => {
      expect(token.exists()).toBe(false)
      expect(token.matches("")).toBe(false)
      expect(token.matches(`pm_${"a".repeat(43)}`)).toBe(false)
    })

    test("only what was returned matches", () => {
      const made = token.renew()
      expect(made).toMatch(/^pm_[A-Za-z0-9]{43}$/)
      expect(token.exists()).toBe(true)
      expect(token.matches(made)).toBe(true)
      expect(token.matches(made.slice(0, -1))).toBe(false)
      expect(token.matches(`${made} `)).toBe(false)
      expect(token.matches(made.toLowerCase())).toBe(made === made.toLowerCase())
    })

    test("a new one replaces the old", () => {
      const old = token.renew()
      const made = token.renew()
      expect(token.matches(old)).toBe(false)
      expect(token.matches(made)).toBe(true)
    })
  })
}
