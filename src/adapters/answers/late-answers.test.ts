import { expect, test } from "bun:test"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { answersIn } from "./late-answers.ts"

test("answers that cannot be opened are told of once, and hold nothing", () => {
  const directory = mkdtempSync(join(tmpdir(), "pinpoint-answers-"))
  try {
    writeFileSync(join(directory, "answers.db"), "A".repeat(5000))
    const told: string[] = []
    const answers = answersIn(directory, { onFault: ({ message }) => told.push(message) })
    expect(answers.find("tenant", "question", 1)).toBeUndefined()
    answers.keep("tenant", "question", { isWhole: true, text: "{}" }, 1, 2)
    expect(answers.find("tenant", "question", 1)).toBeUndefined()
    answers.close()
    expect(told).toHaveLength(1)
    expect(told[0]).toContain("answers.db")
  } finally {
    rmSync(directory, { recursive: true })
  }
})
