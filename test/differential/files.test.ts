import { expect, test } from "bun:test"
import { canAskKernel, kernelDifferential, mendDifferential } from "./files.fixture.ts"

test.skipIf(!canAskKernel())(
  "a walk ends as the kernel ends it, error for error",
  async () => {
    const { disagreements, answers } = await kernelDifferential({ cases: 1000, seed: 20_240_501 })
    expect(disagreements).toEqual([])
    // Each answer was met, or the agreement would say little.
    for (const it of ["reached", "EACCES", "ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"])
      expect(answers.get(it) ?? 0).toBeGreaterThan(0)
  },
  60_000,
)

test.skipIf(!canAskKernel())(
  "what is proposed for a refusal opens the way, and makes of each entry what was said",
  async () => {
    const { mended, disagreements } = await mendDifferential({ cases: 100, seed: 20_240_502 })
    expect(disagreements).toEqual([])
    expect(mended).toBe(100)
  },
  60_000,
)
