import type { PartStart } from "../form/events.ts"
import { isObject, type JsonObject, listOf, parseObject, textOf } from "../json.ts"
import { refuseDeep } from "./nesting.ts"
import { opaque } from "./read-answer.ts"

/** A block that is told piece by piece and can only be carried whole: server tools and kinds that are not known. */
export class HeldBlock {
  #value: JsonObject
  #input = ""

  constructor(block: JsonObject) {
    this.#value = block
  }

  add(delta: JsonObject): void {
    switch (delta.type) {
      case "input_json_delta":
        this.#input += textOf(delta.partial_json) ?? ""
        return
      case "citations_delta": {
        const { citation } = delta
        const before = listOf(this.#value.citations)
        if (isObject(citation)) this.#value = { ...this.#value, citations: [...before, citation] }
        return
      }
      default:
        for (const [name, piece] of Object.entries(delta)) {
          if (name === "type" || typeof piece !== "string") continue
          const before = textOf(this.#value[name]) ?? ""
          this.#value = { ...this.#value, [name]: name === "signature" ? piece : before + piece }
        }
    }
  }

  begins(): PartStart {
    const read = parseObject(this.#input)
    refuseDeep(read)
    const input = this.#input === "" ? undefined : (read ?? this.#input)
    return { kind: "opaque", part: opaque(input === undefined ? this.#value : { ...this.#value, input }) }
  }
}
