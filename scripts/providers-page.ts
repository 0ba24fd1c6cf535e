import { Catalogue } from "../src/models/catalogue/catalogue.ts"
import { OPERATIONS, type Provider } from "../src/models/provider.ts"
import type { Authentication } from "../src/models/providers/authentication.ts"

/** docs/models/providers.md */
export function providersPage(providers: readonly Provider[]): string {
  const catalogue = new Catalogue()
  const priced = new Set(providers.flatMap((it) => it.prices ?? []))
  const models = [...priced].reduce((sum, it) => sum + pricedOf(it, catalogue), 0)
  return `# Providers of models

Who serves models: ${providers.length} providers. Name one with \`use\`; what it needs beside a key stands under settings. Any other server that
speaks one of the formats is reached with \`dialect\` and \`url\`. What it departs by are the quirks of
[src/models/quirks.ts](../../src/models/quirks.ts), which translation honours; a source for each stands in the provider's file.

The catalogue knows ${models} models with their prices, from \`@pydantic/genai-prices\`; what the configuration says of a model comes
before it. A model it does not know is called all the same.

| use | provider | format | operations | authentication | settings | departs by | models with prices |
|---|---|---|---|---|---|---|---|
${providers.map((it) => row(it, catalogue)).join("\n")}
`
}

const pricedOf = (prices: string, catalogue: Catalogue): number =>
  catalogue.rowsOf(prices).filter((it) => it.prices.length > 0).length

function row(it: Provider, catalogue: Catalogue): string {
  const cells = [
    `\`${it.name}\``,
    `[${it.title}](${it.home}) ([reference](${it.reference}))`,
    it.format,
    OPERATIONS.filter((name) => name !== "chatStream" && it.paths[name] !== undefined).join(", "),
    it.auth.map(authenticationName).join(" or "),
    (it.settings ?? [])
      .map(({ name, fallback }) => (fallback ? `\`${name}\` (${fallback})` : `\`${name}\``))
      .join(", "),
    quirksOf(it),
    it.prices === undefined ? "" : String(pricedOf(it.prices, catalogue)),
  ]
  return `| ${cells.join(" | ")} |`
}

function authenticationName(auth: Authentication): string {
  switch (auth.kind) {
    case "bearer":
      return "bearer"
    case "header":
      return `\`${auth.name}\``
    case "sigv4":
      return "AWS signature"
    case "google-access-token":
      return "Google access token"
    case "none":
      return "none"
  }
}

const quirksOf = ({ quirks = {} }: Provider): string =>
  Object.entries(quirks)
    .map(([name, value]) => (value === true ? name : `${name}: ${Array.isArray(value) ? value.join(" ") : value}`))
    .join("; ")
