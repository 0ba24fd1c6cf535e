/** The model whose name stands in an address behind `below`; empty for none. The HTTP layer has refused what cannot be decoded. */
export const nameIn = (path: string, below: string): string => decodeURIComponent(path.slice(below.length))
