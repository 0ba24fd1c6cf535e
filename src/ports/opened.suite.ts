/** What a suite is given to test, and how to be rid of it. */
export interface Opened<T> {
  readonly subject: T
  close(): void
}
