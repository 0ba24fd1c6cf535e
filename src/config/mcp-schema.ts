import { z } from "zod"
import { byteSize, duration, httpUrl, wholeNumber } from "../text/units.ts"

const serverName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, "a server's name: lower-case letters, digits and hyphens, at most 32")

const prefix = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{0,32}$/, "a prefix: letters, digits, dots, hyphens and underscores, at most 32")
  .describe("Put before the names of its tools and prompts. Default: the server's name and `__`.")
  .optional()

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/, "a field's name")
const headerValue = z.string().regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, "a field's value: printable ASCII")
const headers = z
  .record(headerName, headerValue)
  .describe("Sent with each request to the server; take secrets from the environment.")

const server = z
  .strictObject({
    command: z
      .array(z.string().min(1))
      .min(1)
      .describe("A program that speaks the protocol on its standard streams, and its arguments.")
      .optional(),
    env: z
      .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a variable's name"), z.string())
      .describe("The program's environment, beside PATH and HOME.")
      .optional(),
    cwd: z.string().min(1).describe("The program's working directory.").optional(),
    url: httpUrl.describe("The server's address; with `openapi`, that of the HTTP service.").optional(),
    headers: headers.optional(),
    openapi: z
      .string()
      .min(1)
      .describe("An OpenAPI 3 document, whose operations are offered as tools; a path is from this file's folder.")
      .optional(),
    prefix,
  })
  .refine(({ command, url }) => (command === undefined) !== (url === undefined), "either `command` or `url`")
  .refine(({ openapi, url }) => openapi === undefined || url !== undefined, "`openapi` needs the `url` of its service")
  .refine(({ command, env, cwd }) => command !== undefined || (env === undefined && cwd === undefined), {
    error: "`env` and `cwd` are for a `command`",
  })
  .refine(({ command, headers: sent }) => command === undefined || sent === undefined, {
    error: "`headers` are for a `url`",
  })

/** Patterns of names callers use: `*` stands for any text. */
export const toolPatterns = z.array(
  z.string().regex(/^[\x21-\x7e]{1,256}$/, "a pattern: printable ASCII without blanks, `*` for any text"),
)

/** The whole of `mcp`. */
export const mcpSchema = z.strictObject({
  path: z
    .string()
    .regex(/^\/[A-Za-z0-9._~/-]*$/, "a path such as /mcp")
    .describe("Where callers ask.")
    .default("/mcp"),
  servers: z.record(serverName, server).describe("Servers whose tools, prompts and resources are offered, by name."),
  tools: toolPatterns
    .describe("What anyone may use, without a key. Default: nothing; keys say in `tools` what is theirs.")
    .default([]),
  origins: z
    .array(z.url({ protocol: /^https?$/ }).or(z.literal("*")))
    .describe("Origins whose pages may ask, beside the gateway's own; `*` for all.")
    .default([]),
  message: byteSize.describe("Largest message of a caller, which is held in memory to be judged.").prefault("4MiB"),
  timeout: duration.describe("Without a sign of life of a call.").prefault("5m"),
  session: duration.describe("Without a request, until a session ends.").prefault("1h"),
  sessions: wholeNumber.describe("Sessions at a time.").prefault(1000),
})

export type McpSettings = z.output<typeof mcpSchema>
