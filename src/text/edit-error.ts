/** A change that cannot be made by replacing the text of one value; nothing has been changed. */
export class EditError extends Error {}
