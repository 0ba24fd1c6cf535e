import type { Capability } from "./capabilities.ts"
import type { ModelInfo } from "./catalogue.ts"
import type { Price } from "./price.ts"

/** What a configuration says of a model; it comes before what the catalogue says. */
export interface ModelOverride {
  readonly price?: Price | undefined
  readonly context?: number | undefined
  readonly output?: number | undefined
  readonly capabilities?: readonly Capability[] | undefined
}

/** `info` with what the configuration says of it; of a model the catalogue does not know, that alone. */
export function overridden(
  info: ModelInfo | undefined,
  { price, context, output, capabilities }: ModelOverride,
  model: { readonly id: string; readonly provider: string },
): ModelInfo {
  return {
    ...(info ?? { ...model, capabilities: [], prices: [] }),
    ...(price && { prices: [{ price }] }),
    ...(context && { context }),
    ...(output && { output }),
    ...(capabilities && { capabilities }),
  }
}
