import { expect, test } from "bun:test"
import fc from "fast-check"
import { Input } from "./input.ts"

test("an input gives out what was added, in order, and never overwrites what it gave out", () => {
  const add = fc.record({ add: fc.uint8Array({ maxLength: 3000 }) })
  const take = fc.record({ take: fc.nat(4000) })
  const settle = fc.constant({ settle: true })
  fc.assert(
    fc.property(fc.array(fc.oneof(add, take, settle), { maxLength: 40 }), (steps) => {
      const input = new Input()
      const added: Uint8Array[] = []
      const taken: Uint8Array[] = []
      for (const step of steps) {
        if ("add" in step) {
          added.push(step.add.slice())
          input.add(step.add)
        } else if ("take" in step) taken.push(input.take(step.take))
        else input.settle()
      }
      const all = Buffer.concat(added)
      expect(input.size).toBe(all.length - Buffer.concat(taken).length)
      taken.push(input.take(input.size))
      expect(Buffer.concat(taken).equals(all)).toBe(true)
    }),
  )
})

test("an input does not hold on to a large read for a small rest of it", () => {
  const input = new Input()
  input.add(new Uint8Array(500_000))
  input.take(499_990)
  input.settle()
  expect([input.size, input.bytes.buffer.byteLength]).toEqual([10, 1024])
})

test("an input skips whole line ends only", () => {
  const input = new Input()
  input.add(Buffer.from("\r\n\r\n\rG"))
  input.skipLineEnds()
  expect(Buffer.from(input.take(9)).toString()).toBe("\rG")
})
