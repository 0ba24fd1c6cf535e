/** The answer to `GET /v1/models`. `created` is not known of a name in a file, and zero says so. */
export const modelList = (names: readonly string[]): string =>
  JSON.stringify({
    object: "list",
    data: names.map((id) => ({ id, object: "model", created: 0, owned_by: "pinpoint" })),
  })
