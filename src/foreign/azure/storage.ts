import { foreignCause } from "../cause.ts"

export const azureStorage = foreignCause({
  code: "azure/storage",
  emitter: "azure",
  title: "The storage account refuses: its firewall, the shared access signature, or the identity's role",
  why: "Azure Storage asks three things one after another: whether the network is allowed, whether key or signature verify, and whether the role or signature covers the operation. The code in `x-ms-error-code` tells which one failed.",
  fix: [
    {
      by: "operator",
      does: "Grant the identity a data role such as Storage Blob Data Reader on the container, where the code is `AuthorizationPermissionMismatch`",
      admits: "that identity, on that container",
    },
    {
      by: "operator",
      does: "Allow the caller's network in the account's firewall or use a private endpoint, where the code is `AuthorizationFailure`",
      admits: "callers of that network that hold credentials",
    },
    {
      by: "caller",
      does: "Make a new shared access signature and check the clock and the canonical string, where the code is `AuthenticationFailed`",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Owner or Contributor of the account: neither is a data role, and both allow far more",
    "Allowing all networks opens the account to everyone who has a key",
  ],
  ask: { question: "Which code is in `x-ms-error-code`?", why: "It tells firewall, signature and role apart" },
  sources: [
    "https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes",
    "https://learn.microsoft.com/rest/api/storageservices/sas-error-codes",
    "https://github.com/Azure/azure-storage-azcopy/issues/1343",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the service's code for a network, signature or role that does not suffice",
      all: [
        {
          in: ["body", "log", "symptom", "headers"],
          text: /\bAuthorization(?:Failure|PermissionMismatch|SourceIPMismatch|ProtocolMismatch|ServiceMismatch|ResourceTypeMismatch)\b/,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the service says so of a network, signature or role that does not suffice",
      all: [
        {
          in: ["body", "log", "symptom", "headers"],
          text: /This request is not authorized to perform this operation/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the service could not verify key or signature",
      all: [
        {
          in: ["body", "log", "symptom", "headers"],
          text: /Server failed to authenticate the request\. Make sure the value of (?:the )?Authorization header/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the service's code in its header",
      all: [
        {
          in: ["headers"],
          text: /x-ms-error-code:\s{0,4}(?:Auth\w+|Insufficient\w+|AccountIsDisabled|PublicAccessNotPermitted|KeyBasedAuthenticationNotPermitted)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the service's code for an account, key or public access that is shut off",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b(?:InsufficientAccountPermissions|AccountIsDisabled|KeyBasedAuthenticationNotPermitted)\b/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the host is a storage account",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\b(?:blob|queue|table|file|dfs|web)\.core\.windows\.net\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Azure Storage is named in the report",
      all: [
        {
          in: ["symptom"],
          text: /\bazcopy\b|\bazure (?:blob|storage|data lake|files|table)\b|\bStorage Explorer\b|\bstorage account\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Azure Storage is named",
      all: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bazcopy\b|\bazure (?:blob|storage|data lake|files|table)\b|\bStorage Explorer\b|Windows-Azure-(?:Blob|Queue|Table|File)|\bSAS (?:token|url)\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "storage's code for a container that is not public",
      all: [
        {
          in: ["symptom", "body", "log"],
          text: /\bPublicAccessNotPermitted\b|Public access is not permitted on this storage account|\bResourceNotFound\b[^\n]{0,60}blob/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the service says what is wrong with a signature or its time",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /<?AuthenticationErrorDetail|Signature not valid in the specified time frame|Signature did not match\. String to sign used|\bInvalidAuthenticationInfo\b|sr is mandatory\. Cannot be empty|Signature fields not well formed/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the classes of Azure's clients",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /StorageErrorException|Microsoft\.(?:WindowsAzure|Azure)\.Storage\.StorageException|Azure\.RequestFailedException[^\n]{0,120}(?:403|Authorization)|invalid status code 'Forbidden'[^\n]{0,60}Storage|Firewalls (?:&|and) virtual networks|storageaccount/i,
        },
      ],
    },
  ],
})
