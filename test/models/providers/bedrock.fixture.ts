import { conversed, converseEvents } from "./bedrock.answer.fixture.ts"
import { converseAsked } from "./bedrock.request.fixture.ts"
import { converseRequest } from "./bedrock.schema.fixture.ts"
import { bedrockException } from "./event-stream.fixture.ts"
import { refuseUnsigned } from "./sigv4.fixture.ts"
import { bodyOf, json, providerKey, Refused, stream, type Wire, type Wording } from "./wire.fixture.ts"

/**
 * Bedrock: `/model/{modelId}/converse` and `/converse-stream` (binary event stream), signed with `awsCredentials` or with
 * `providerKey` as a bearer token. Source: Amazon Bedrock API reference, "Converse", "ConverseStream", "Common errors".
 */
export const bedrock: Wire = {
  answer: (heard, turn) => {
    if (heard.headers.get("authorization") !== `Bearer ${providerKey}`) refuseUnsigned(heard)
    const [, encodedModel, verb] = /^\/model\/([^/]+)\/(converse|converse-stream)$/.exec(heard.path) ?? []
    if (encodedModel === undefined || heard.method !== "POST") {
      throw new Refused({
        status: 404,
        type: "UnknownOperationException",
        message: "The requested operation is not recognized by the service.",
      })
    }
    const model = decodeURIComponent(encodedModel)
    turn.meet(model)
    const request = bodyOf(heard, converseRequest, wording, unparsed)
    const asked = converseAsked(request, model, verb === "converse-stream")
    const answer = turn.decide(asked)
    if (!asked.isStreamed) return json(200, headersOf(turn.serial), conversed(answer))
    return stream("application/vnd.amazon.eventstream", headersOf(turn.serial), converseEvents(answer))
  },
  refuse: ({ status, message, type, headers }, { serial }) => {
    const kind = type ?? kinds[status] ?? "InternalServerException"
    return json(
      status,
      {
        ...headersOf(serial),
        "x-amzn-errortype": `${kind}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
        ...headers,
      },
      { message },
    )
  },
  midstream: bedrockException("modelStreamErrorException", "The model encountered an error while streaming."),
}

const headersOf = (serial: number): Readonly<Record<string, string>> => ({
  "x-amzn-requestid": `00000000-0000-4000-8000-${String(serial).padStart(12, "0")}`,
})

const kinds: Readonly<Record<number, string>> = {
  400: "ValidationException",
  401: "UnrecognizedClientException",
  403: "AccessDeniedException",
  404: "ResourceNotFoundException",
  408: "ModelTimeoutException",
  424: "ModelErrorException",
  429: "ThrottlingException",
  500: "InternalServerException",
  503: "ServiceUnavailableException",
  529: "ServiceUnavailableException",
}

const wording: Wording = (place, issue, unknown) => {
  if (unknown.length > 0) return `${[...place, unknown[0]].join(".")}: Extra inputs are not permitted`
  return `1 validation error detected: Value at '${place.join(".")}' ${issue}`
}

const unparsed = "The request body is not valid JSON: %s"
