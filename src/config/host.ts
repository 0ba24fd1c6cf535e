/**
 * A host without its port; the brackets of an IPv6 address stay. The dot at the end of a whole domain name goes: to DNS and
 * to the servers behind the gateway it is the same host, so it must not lead past that host's routes.
 */
export function hostName(host: string): string {
  const colon = host.lastIndexOf(":")
  const name = colon < 0 || host.endsWith("]") ? host : host.slice(0, colon)
  return name.endsWith(".") ? name.slice(0, -1) : name
}
