export interface Credentials {
  readonly user: string
  readonly password: string
}

/** Name and password of Basic authentication (RFC 7617), as nginx takes them apart; undefined where there are none. */
export function credentialsIn(authorization: string | undefined): Credentials | undefined {
  const encoded = /^basic +([A-Za-z0-9+/]{2,4096}={0,2})$/i.exec(authorization ?? "")?.[1]
  if (encoded === undefined) return undefined
  const decoded = Buffer.from(encoded, "base64").toString("latin1")
  const colon = decoded.indexOf(":")
  return colon < 1 ? undefined : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
}
