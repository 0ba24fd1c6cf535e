import { expect, test } from "bun:test"
import fc from "fast-check"
import { boundaryOf, formFields, withField } from "./multipart.ts"

async function encoded(entries: readonly (readonly [string, string])[]) {
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  const response = new Response(form)
  const type = response.headers.get("content-type") ?? ""
  return { type, body: Buffer.from(await response.arrayBuffer()) }
}

const name = fc.stringMatching(/^[a-z_]{1,8}$/)

test("fields are found where another implementation put them, and one is replaced without touching the rest", () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, fc.stringMatching(/^[ -~]{0,20}$/))), async (before) => {
      const entries = [...before, ["model", "old"] as const]
      const { type, body } = await encoded(entries)
      const fields = formFields(body, boundaryOf(type) ?? "") ?? []
      expect(fields.map((it) => [it.name, body.toString("utf8", it.from, it.to)])).toEqual(entries.map((it) => [...it]))
      const replaced = withField(body, fields, "model", "whisper-large")
      const read = await new Response(replaced, { headers: { "content-type": type } }).formData()
      expect([...read.entries()]).toEqual(
        entries.map(([key, value]) => [key, key === "model" ? "whisper-large" : value]),
      )
    }),
  ))

test("what is no form, or breaks off, has no fields", () => {
  expect(formFields(Buffer.from("{}"), "x")).toBeUndefined()
  expect(formFields(Buffer.from('--x\r\nContent-Disposition: form-data; name="model"\r\n\r\nold'), "x")).toBeUndefined()
  expect(boundaryOf("application/json")).toBeUndefined()
})
