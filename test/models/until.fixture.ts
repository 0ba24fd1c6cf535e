/** Waits until something holds, looking every few milliseconds. @throws Error after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const began = performance.now()
  while (!holds()) {
    if (performance.now() - began > 10_000) throw new Error("it did not come about in ten seconds")
    await Bun.sleep(2)
  }
}
