/** What could not be understood of what a person gave, and where. Never holds text of it, as that may be secret. */
export interface ExhibitFault {
  /** As `Exhibit.from`; `case` for the whole. */
  readonly from: string
  /** What is wrong, as a clause that goes on after the place: `is not JSON`. */
  readonly fault: string
}
