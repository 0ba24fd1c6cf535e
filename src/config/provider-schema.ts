import { z } from "zod"
import { PROVIDER_NAMES } from "../models/providers/names.gen.ts"
import { WIRE_FORMATS } from "../models/wire-format.ts"
import { httpUrl } from "../text/units.ts"

/** Part of a host name or a path. */
const part = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/, "a name: letters, digits, dots, hyphens and underscores")

const secret = z.string().regex(/^[\x21-\x7e]+$/, "a key: printable ASCII without blanks")

/** One of `providers`; `resolveProvider` works out the rest, and says which setting a provider needs beside these. */
export const providerSchema = z
  .strictObject({
    use: z.enum(PROVIDER_NAMES).describe("Who it is; the address and all else are known.").optional(),
    dialect: z
      .enum(["openai", ...WIRE_FORMATS])
      .describe("Of any other server: the wire format it speaks. `openai` is `openai-chat`.")
      .optional(),
    url: httpUrl.describe("The base address, with its version: https://api.openai.com/v1").optional(),
    key: secret.describe("The provider's key; take it from the environment.").optional(),
    keys: z.array(secret).describe("Several, which calls take turns with.").default([]),
    "access-key-id": secret.describe("With an AWS key, whose secret half is `key`.").optional(),
    "session-token": secret.describe("With a temporary AWS key.").optional(),
    auth: z
      .enum(["bearer", "header", "sigv4", "google-access-token", "none"])
      .describe("How the key is shown, where there are several ways.")
      .optional(),
    format: z.enum(WIRE_FORMATS).describe("`openai-responses` where the provider offers it beside chats.").optional(),
    account: part.describe("The provider's name of the account.").optional(),
    location: part.describe("Google Cloud: where the models are.").optional(),
    project: part.describe("Google Cloud: which project is billed.").optional(),
    region: part.describe("AWS: where the models are.").optional(),
    resource: part.describe("Azure: the resource, the first part of its host name.").optional(),
    version: part.describe("Azure: the version of the API.").optional(),
    workspace: part.describe("Databricks: the host name of the workspace.").optional(),
  })
  .refine((it) => (it.use === undefined) !== (it.dialect === undefined), "either `use` or `dialect`, and not both")
