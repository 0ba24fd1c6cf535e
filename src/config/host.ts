/** A host without its port; the brackets of an IPv6 address stay. */
export function hostName(host: string): string {
  const colon = host.lastIndexOf(":")
  return colon < 0 || host.endsWith("]") ? host : host.slice(0, colon)
}
