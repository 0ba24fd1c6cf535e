/** Characters kept of one exhibit; of a log the end is kept, of anything else the beginning. */
export const MOST_CHARS = 4 * 1024 * 1024

/** Pieces of text one case may have. */
export const MOST_EXHIBITS = 1000

/** Lines of all logs of one case that are read; the last ones are. */
export const MOST_LINES = 20_000

/** Characters of one log line that are looked into. The line itself is kept whole. */
export const MOST_LINE = 16 * 1024

/** Header fields read of one message. */
export const MOST_FIELDS = 500

/** Words read of one command line. */
export const MOST_WORDS = 20_000

/** Entries of a HAR file that are looked at. */
export const MOST_ENTRIES = 20_000

/** How deep JSON may be nested to be walked through. */
export const DEEPEST = 64

/** Characters kept of a request's text: a HAR file may be this long. */
export const MOST_REQUEST_CHARS = 32 * 1024 * 1024
