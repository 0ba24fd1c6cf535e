/** Nothing is certain that was not decided again. `share`: of 1. */
export const sure = (share: number): string => (share > 0.99 ? "over 99 %" : `${Math.round(share * 100)} %`)

/** What is known of a fix. */
export const standing = (isVerified: boolean): string =>
  isVerified ? "decided again with it: it passes" : "general advice, not verified"
