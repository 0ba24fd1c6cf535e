/**
 * A text that fails as the given one does, with pieces taken away that it does not need (ddmin, without its second half), as
 * far as it comes in these milliseconds.
 */
export async function shrunk(
  text: string,
  fails: (text: string) => Promise<boolean>,
  milliseconds: number,
): Promise<string> {
  const end = performance.now() + milliseconds
  let least = text
  for (let size = Math.ceil(text.length / 2); size >= 1 && performance.now() < end; size = Math.floor(size / 2))
    for (let at = 0; at < least.length && performance.now() < end; ) {
      const shorter = least.slice(0, at) + least.slice(at + size)
      if (await fails(shorter)) least = shorter
      else at += size
    }
  return least
}
