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

test("a form that another reader may read otherwise is none", () => {
  const part = (head: string, value = "a"): string =>
    `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`
  const read = (text: string) => formFields(Buffer.from(text), "b")?.map(({ name }) => name)
  const model = part('name="model"')
  expect(read(`${part('name="file"; filename="ü.wav"')}${model}--b--\r\n`)).toEqual(["file", "model"])
  for (const [why, text] of Object.entries({
    "a name without quotes": `${model}${part("name=model")}--b--`,
    "a name told twice": `${part('name="x"; name="model"')}--b--`,
    "a name told in another charset": `${part("name=\"x\"; name*=UTF-8''model")}--b--`,
    "a name with an escape": `${part('name="mod\\el"')}--b--`,
    "a name within a file's name": `${part('name="model"; filename="; name="x"')}--b--`,
    "a name with an apostrophe within a file's": `${part(`name="model"; filename=";name=x"`)}--b--`,
    "two dispositions": `${part('name="x"\r\nContent-Disposition: form-data; name="model"')}--b--`,
    "a folded head": `${part('filename="x";\r\n name="model"')}--b--`,
    "a head with plain line ends": `--b\nContent-Disposition: form-data; name="model"\n\ndear\r\n${model}--b--`,
    "a part without a name": `--b\r\nX: y\r\n\r\na\r\n${model}--b--`,
    "a boundary within a value": `${part('name="file"', 'x--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nc')}${model}--b--`,
    "a boundary that goes on": `${model}--bX\r\nContent-Disposition: form-data; name="model"\r\n\r\nc\r\n--b--`,
    "something before it": `x\r\n${model}--b--`,
    "something behind it": `${model}--b--\r\n${part('name="model"')}--b--`,
    "an end that is missing": model,
  }))
    expect({ why, read: read(text) }).toEqual({ why, read: undefined })
  expect(boundaryOf("multipart/form-data; boundary=a; boundary=b")).toBeUndefined()
  expect(boundaryOf('multipart/form-data; x=";boundary=a"; boundary=b')).toBeUndefined()
  expect(boundaryOf("multipart/form-data; boundary=a b")).toBeUndefined()
})
