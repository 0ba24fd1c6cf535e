import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { Output } from "./output.ts"

/** Takes as many bytes as it is told to, as a kernel does; `writes` are the system calls. */
class Kernel {
  readonly taken: Uint8Array[] = []
  room: number
  writes = 0

  constructor(room: number) {
    this.room = room
  }

  get text(): string {
    return Buffer.concat(this.taken).toString("latin1")
  }

  write(bytes: Uint8Array, from: number, length: number): number {
    this.writes += 1
    const count = Math.min(length, this.room)
    this.room -= count
    this.taken.push(Uint8Array.prototype.slice.call(bytes, from, from + count))
    return count
  }
}

type Step = { readonly what: "latin1" | "bytes" | "flush" | "room"; readonly size: number; readonly which: 0 | 1 }
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom("latin1", "latin1", "bytes", "bytes", "flush", "room"),
  size: fc.oneof(fc.nat(40), fc.nat(70_000)),
  which: fc.constantFrom(0, 1),
})

describe("an output", () => {
  test("hands over what was written together in one call", () => {
    const kernel = new Kernel(Infinity)
    const output = new Output(kernel)
    output.latin1("a\xe9")
    output.bytes(Buffer.from("b"))
    output.utf8("é", 2)
    expect(kernel.writes).toBe(0)
    output.flush()
    expect([kernel.writes, kernel.text]).toEqual([1, "a\xe9b\xc3\xa9"])
  })

  test("keeps order and loses nothing, whatever two of them are asked and whatever the kernel takes", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const kernels = [new Kernel(100), new Kernel(100)] as const
        const outputs = [new Output(kernels[0]), new Output(kernels[1])] as const
        const written = ["", ""]
        steps.forEach(({ what, size, which }, at) => {
          const text = String.fromCharCode(0x61 + (at % 26)).repeat(size)
          const output = outputs[which]
          switch (what) {
            case "latin1":
              output.latin1(text)
              break
            case "bytes":
              output.bytes(Buffer.from(text))
              break
            case "flush":
              output.flush()
              return
            case "room":
              kernels[which].room += size
              output.drain()
              return
          }
          written[which] += text
        })
        outputs.forEach((output, which) => {
          output.flush()
          const kernel = which === 0 ? kernels[0] : kernels[1]
          expect(kernel.text.length + output.queued).toBe(written[which]?.length ?? -1)
          kernel.room = Infinity
          output.drain()
          expect([kernel.text === written[which], output.queued]).toEqual([true, 0])
        })
      }),
    )
  })

  test("forgets what it is told to forget", () => {
    const kernel = new Kernel(1)
    const output = new Output(kernel)
    output.latin1("abc")
    output.flush()
    output.latin1("def")
    output.drop()
    kernel.room = Infinity
    output.flush()
    output.drain()
    expect([kernel.text, output.queued]).toEqual(["a", 0])
  })

  test("of a closed socket drops what it is given", () => {
    const output = new Output({ write: () => -1 })
    output.latin1("abc")
    output.flush()
    output.bytes(Buffer.alloc(100_000))
    expect(output.queued).toBe(0)
  })
})
