import { foreignCause } from "../cause.ts"

export const elasticsearchIndexReadOnlyFloodStage = foreignCause({
  code: "elasticsearch/index-read-only-flood-stage",
  emitter: "elasticsearch",
  isNoMatterOfRights: true,
  title: "The disk passed the flood-stage watermark, and Elasticsearch made the indices read-only",
  why: "Above 95 percent of the disk, Elasticsearch sets `index.blocks.read_only_allow_delete` on every index of the node, so that the disk does not fill. Before 7.4 the block stays after space is freed.",
  fix: [
    {
      by: "operator",
      does: "Free disk space or delete old indices, then set `index.blocks.read_only_allow_delete` to null",
      admits: "everyone who may write to the index, as before",
    },
  ],
  unwise: ["Raising or switching off the watermarks lets the disk fill and can lose the index"],
  ask: {
    question: "How full is the data disk by `GET _cat/allocation`?",
    why: "Above 95 percent it is the watermark; below it, a block that was left over or set by hand",
  },
  sources: [
    "https://www.elastic.co/guide/en/elasticsearch/reference/current/fix-watermark-errors.html",
    "https://github.com/elastic/elasticsearch/pull/58410",
    "https://github.com/babenkoivan/scout-elasticsearch-driver/issues/131",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Elasticsearch names the block that the watermark sets",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:FORBIDDEN|TOO_MANY_REQUESTS)\/12\/|index read-only \/ allow delete|read-only-allow-delete block|flood[- ]stage (?:disk )?watermark/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "a block on the index or cluster",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /cluster_block_exception|ClusterBlockException|\bFORBIDDEN\/\d{1,2}\/(?:index|cluster)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "writing to the index fails since the disk is full",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\belastic\w{0,10}|\bkibana\b|\blogstash\b|\bopensearch\b|\bgraylog\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bdisk\b|\bread[-_ ]only|\bno space\b|\bwatermark\b|read_only_allow_delete/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a client library of Elasticsearch reports 403",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Forbidden403Exception|Elasticsearch\\{1,2}Common\\{1,2}Exceptions|AuthorizationException\(403|\bretrying\b[^\n]{0,40}\bresponse code:? 403/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Elasticsearch or one of its companions is refused",
      all: [
        {
          in: ["symptom"],
          text: /\belasticsearch\b|\bkibana\b|\blogstash\b|\bopensearch\b|\bfilebeat\b|\bfluentd\b|\bgraylog\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "writing to Elasticsearch fails",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\belastic\w{0,10}|\bkibana\b|\blogstash\b|\bopensearch\b|\bgraylog\b|\bscout\b/i,
        },
        {
          in: ["symptom"],
          text: /\bindex\w{0,4}\b|\bwrit\w{0,5}\b|\binsert|\badd\b|\bsav\w{1,3}\b|\bupdat\w{1,4}\b|\bsubmit\w{0,4}\b|\blogs?\b/i,
        },
      ],
    },
  ],
})
