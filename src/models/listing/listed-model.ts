import type { ModelInfo } from "../catalogue/catalogue.ts"

/** A model as lists tell it. */
export interface ListedModel {
  /** As callers name it. */
  readonly id: string
  readonly info: ModelInfo | undefined
}
