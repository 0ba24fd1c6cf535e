/** What the work fails with; undefined when it does not. For promises of SDKs, which `expect().rejects` does not know. */
export const caught = (work: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  )
