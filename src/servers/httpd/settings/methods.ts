/** The methods something applies to: those that fit every layer of `<Limit>` and `<LimitExcept>` around it. */
export interface Methods {
  readonly layers: readonly { readonly isExcept: boolean; readonly names: readonly string[] }[]
}

export const ALL_METHODS: Methods = { layers: [] }

export const limited = ({ layers }: Methods, isExcept: boolean, names: readonly string[]): Methods => ({
  layers: [...layers, { isExcept, names: names.map(methodOf) }],
})

export const covers = ({ layers }: Methods, method: string): boolean =>
  layers.every(({ isExcept, names }) => names.includes(methodOf(method)) !== isExcept)

/** httpd has one number for GET and HEAD. */
export const methodOf = (method: string): string => (method === "HEAD" ? "GET" : method)

/** Methods httpd knows (modules/http/http_protocol.c `ap_method_registry_init`); any other is answered with 501. */
export const isKnownMethod = (method: string): boolean => KNOWN.has(method)

const KNOWN: ReadonlySet<string> = new Set(
  "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE".split(
    " ",
  ),
)
