import { FormFault } from "../form/fault.ts"
import type { Losses } from "../form/losses.ts"
import type { Usage } from "../form/usage.ts"
import { isList, type Json, type JsonObject } from "../json.ts"
import type { Translation } from "./translation.ts"

/** What vectors are for, which some models make them differ by. */
export const PURPOSES = [
  "query",
  "document",
  "similarity",
  "classification",
  "clustering",
  "question",
  "facts",
  "code-query",
] as const
export type Purpose = (typeof PURPOSES)[number]

/** What shall be embedded, whatever dialect it was asked in. */
export interface EmbedRequest {
  readonly input:
    | { readonly kind: "texts"; readonly texts: readonly string[] }
    /** Token ids of a model's own vocabulary, one list a vector. */
    | { readonly kind: "tokens"; readonly lists: readonly (readonly number[])[] }
  /** How many numbers a vector shall have. */
  readonly dimensions?: number
  readonly purpose?: Purpose
  /** Of a document to be found again. */
  readonly title?: string
  /** An opaque name of the end user. */
  readonly user?: string
  /** Members, by their path, that have no place above. */
  readonly others: readonly string[]
}

/** One list of numbers for each input, in its order. */
export type Vectors = readonly (readonly number[])[]

/** How embeddings are asked for, and told. */
export interface EmbedInbound {
  /** @throws FormFault */
  read(body: JsonObject): EmbedRequest
  write(vectors: Vectors, usage: Usage | undefined, asked: JsonObject, model: string): JsonObject
}

/** How a provider is asked for embeddings, and read. */
export interface EmbedOutbound {
  /** @throws FormFault for what this provider cannot be asked at all. */
  write(request: EmbedRequest, model: string, losses: Losses): JsonObject
  /** @throws FormFault */
  read(answer: JsonObject): { readonly vectors: Vectors; readonly usage: Usage | undefined }
}

/** Embeddings asked in one dialect of a provider that speaks another format. */
export const embedding = (inbound: EmbedInbound, outbound: EmbedOutbound): Translation => ({
  write: (body, model, _, losses) => outbound.write(inbound.read(body), model, losses),
  read: (answer, asked, model) => {
    const { vectors, usage } = outbound.read(answer)
    const wanted = countOf(inbound.read(asked))
    if (vectors.length !== wanted) throw new FormFault("embeddings", `${wanted} vectors, and not ${vectors.length}`)
    return { told: inbound.write(vectors, usage, asked, model), usage }
  },
})

const countOf = ({ input }: EmbedRequest): number => (input.kind === "texts" ? input.texts.length : input.lists.length)

/** The texts of a request. @throws FormFault where it holds tokens instead, which no other maker's models know. */
export function textsIn({ input }: EmbedRequest): readonly string[] {
  if (input.kind === "texts") return input.texts
  throw new FormFault("input", "a text or a list of texts: the tokens of one maker's model mean nothing to another's")
}

/** Numbers of a vector. @throws FormFault */
export function vectorIn(value: Json | undefined, path: string): readonly number[] {
  if (!isList(value)) throw new FormFault(path, "a list of numbers")
  return value.map((it, at) => {
    if (typeof it !== "number") throw new FormFault(`${path}[${at}]`, "a number")
    return it
  })
}

/** A list of vectors. @throws FormFault */
export function vectorsIn(value: Json | undefined, path: string): Vectors {
  if (!isList(value)) throw new FormFault(path, "a list of vectors")
  return value.map((it, at) => vectorIn(it, `${path}[${at}]`))
}

/** Names what the provider has no place for. */
export function dropOthers(
  request: EmbedRequest,
  taken: readonly ("purpose" | "title" | "user")[],
  losses: Losses,
): void {
  for (const name of ["purpose", "title", "user"] as const)
    if (request[name] !== undefined && !taken.includes(name)) losses.drop(name, NO_PLACE)
  for (const name of request.others) losses.drop(name, NO_PLACE)
}

const NO_PLACE = "the provider's request for embeddings has no place for it"
