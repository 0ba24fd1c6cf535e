// Writes pinpoint.schema.json, which editors check a configuration against. `--check` only tells whether it is up to date.
import { z } from "zod"
import { SCHEMA } from "../src/config/schema.ts"
import { generated } from "./generated.ts"

const schema = {
  ...z.toJSONSchema(SCHEMA, { io: "input", unrepresentable: "any" }),
  title: "Pinpoint's configuration",
}
await generated("pinpoint.schema.json", `${JSON.stringify(schema, null, 2)}\n`)
