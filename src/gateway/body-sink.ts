/** What becomes of a request's body: it is forwarded, or held to be judged. */
export interface BodySink {
  onBody(bytes: Uint8Array): void
  onBodyEnd(): void
  /** The caller takes more of the answer. */
  onCallerDrain(): void
  /** The caller went away or broke off: let go of everything. */
  onAbort(): void
}
