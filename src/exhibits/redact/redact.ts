/** PLACEHOLDER */
export function redact(text: string): string {
  return text
}
