import { z } from "zod"
import { METHOD } from "../facts/methods.ts"
import { POLICIES } from "../policies/registry.ts"
import { scope } from "../policies/scopes/scopes.ts"
import { byteSize, cidr, duration, hostPort, httpUrl, wholeNumber } from "../text/units.ts"
import { guardrailsSchema } from "./guardrails-schema.ts"
import { keyLimits, teamsSchema, tenantsSchema } from "./limits-schema.ts"
import { mcpSchema, toolPatterns } from "./mcp-schema.ts"
import { modelEntry, modelName } from "./model-schema.ts"
import { promptsSchema } from "./prompts-schema.ts"
import { providerSchema } from "./provider-schema.ts"

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "a name: letters, digits, dots, hyphens and underscores, at most 64")

/** One entry of `policies`: a mapping with one key, the policy's name. */
const policyEntry = z
  .strictObject(Object.fromEntries(POLICIES.map((it) => [it.name, it.schema.optional().describe(it.summary)])))
  .refine((entry) => Object.keys(entry).length === 1, "one policy per entry; begin the next with its own `-`")
  .describe("One policy and its options.")

const route = z.strictObject({
  path: z
    .string()
    .describe("`/orders/*` takes everything below, `/orders/{id}` one segment; letters count as written."),
  methods: z.array(METHOD).min(1).describe("Default: all. HEAD comes with GET.").optional(),
  host: z
    .string()
    .regex(/^[a-z0-9.-]+$/, "a host name in lower case, without a port")
    .describe("Only requests for this host.")
    .optional(),
})

const service = z.strictObject({
  upstream: httpUrl.describe("Where requests are forwarded to. A path is put before the request's."),
  routes: z.array(route).min(1).describe("The first route that takes a request is its route."),
  policies: z.array(policyEntry).describe("For every route of the service, after those of the file.").default([]),
  "keep-host": z.boolean().describe("Forward the caller's Host rather than the upstream's.").default(false),
})

const key = z.strictObject({
  name: name.describe("How people and records speak of the key."),
  key: z
    .string()
    // Others cannot be sent in a field as they are written here.
    .regex(/^[\x21-\x7e]{1,512}$/, "a key: printable ASCII without blanks, at most 512 characters")
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is written in the file
    .describe("The secret; take it from the environment: ${NAME}."),
  scopes: z.array(scope).describe("What the key may be used for; `scopes` policies ask for them.").default([]),
  tools: toolPatterns
    .describe("Tools, prompts and resources of `mcp` it may use: `files__*`. Default: none.")
    .default([]),
  ...keyLimits,
})

const limits = z.strictObject({
  head: byteSize.describe("Request line and header fields together.").prefault("32KiB"),
  target: byteSize.describe("Path and query together.").prefault("8KiB"),
  fields: wholeNumber.describe("Header fields.").prefault(128),
  "model-body": byteSize.describe("Body of a model call, which is held in memory to be judged.").prefault("16MiB"),
})

const timeouts = z.strictObject({
  head: duration.describe("From the first byte of a request's head to its last.").prefault("10s"),
  body: duration.describe("Without a byte of a request's body.").prefault("30s"),
  idle: duration.describe("A connection kept without a request.").prefault("75s"),
  connect: duration.describe("For a connection to an upstream.").prefault("5s"),
  answer: duration.describe("From the request's end to an answer's beginning.").prefault("60s"),
  stall: duration.describe("Without a byte inside an answer.").prefault("60s"),
})

const records = z.strictObject({
  permits: z
    .number()
    .min(0)
    .max(1)
    .describe("Share of permitted requests whose decision is kept; refusals always are.")
    .default(0.01),
  keep: duration.describe("How long decisions are kept.").prefault("7d"),
})

/** The whole configuration file. */
export const SCHEMA = z.strictObject({
  listen: hostPort.describe("Where the gateway listens.").prefault("127.0.0.1:8080"),
  management: hostPort.describe("Where operators ask; keep it from callers.").prefault("127.0.0.1:8081"),
  services: z.record(name, service).describe("What stands behind the gateway, by name.").default({}),
  policies: z.array(policyEntry).describe("For every route, of services and models, before their own.").default([]),
  keys: z.array(key).describe("Keys written here; more are made with `pinpoint keys create`.").default([]),
  teams: teamsSchema.describe("Keys that share limits on models, by the team's name.").default({}),
  tenants: tenantsSchema.describe("Teams and keys that share limits on models, by the tenant's name.").default({}),
  models: z
    .record(modelName, modelEntry)
    .describe("Models by the name callers use; `groq/*` serves every name that begins so.")
    .default({}),
  guardrails: guardrailsSchema
    .describe("What is looked for in prompts and answers of models, in this order.")
    .default([]),
  mcp: mcpSchema.describe("Tools behind the gateway: servers of the Model Context Protocol.").exactOptional(),
  prompts: promptsSchema.describe("Prompts that are asked by their inputs, at `/prompts/<name>`.").default({}),
  providers: z.record(name, providerSchema).describe("Who is asked for models, by name.").default({}),
  "trusted-proxies": z.array(cidr).describe("Proxies whose word on the caller's address is believed.").default([]),
  limits: limits.describe("How large a request may be.").prefault({}),
  timeouts: timeouts.describe("How long is waited, and for what.").prefault({}),
  records: records.describe("Which decisions are kept, and how long.").prefault({}),
})

export type Settings = z.output<typeof SCHEMA>
