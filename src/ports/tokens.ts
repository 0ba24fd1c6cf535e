/** Who may ask the management side, and be told as an operator. One token; only its SHA-256 is kept. */
export interface ManagementToken {
  /** Whether one was ever made. */
  exists(): boolean
  /** Makes a new one, which replaces the old; returned here and never again. */
  renew(): string
  /** In constant time. */
  matches(presented: string): boolean
}
