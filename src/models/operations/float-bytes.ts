import { FormFault } from "../form/fault.ts"

const BYTES = 4

/** Numbers as OpenAI writes a vector in base64: each as a float of 32 bits, the lowest byte first. */
export function toBase64(numbers: readonly number[]): string {
  const bytes = Buffer.alloc(numbers.length * BYTES)
  for (const [at, number] of numbers.entries()) bytes.writeFloatLE(number, at * BYTES)
  return bytes.toString("base64")
}

/** @throws FormFault where it is no such text. */
export function fromBase64(text: string, path: string): readonly number[] {
  const bytes = Buffer.from(text, "base64")
  if (bytes.length === 0 || bytes.length % BYTES !== 0) throw new FormFault(path, "floats of 32 bits in base64")
  return Array.from({ length: bytes.length / BYTES }, (_, at) => bytes.readFloatLE(at * BYTES))
}
