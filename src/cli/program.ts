import { Command, Option } from "commander"
import manifest from "../../package.json" with { type: "json" }
import { PlanFault } from "../decision/plan.ts"
import { StoreFault } from "../ports/store.ts"
import { endWith, Failure } from "./failure.ts"

const DATA = new Option("--data <dir>", "the gateway's directory").default("data")
const JSON_OUT = new Option("--json", "print facts for machines").default(false)

const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((it) => `  $ ./pinpoint ${it}`).join("\n")}\n`

const program = new Command("pinpoint")
  .description("The AI and API gateway that never says no without saying why.")
  .version(manifest.version)
  .showSuggestionAfterError()
  .addHelpText(
    "after",
    examples("up", "up --config pinpoint.yaml", "explain access/scope-missing", "diagnose error.log"),
  )

program
  .command("up")
  .description("run the gateway; without a configuration, a demonstration")
  .option("--config <file>", "the configuration (default: pinpoint.yaml, if there is one)")
  .addOption(DATA)
  .addOption(new Option("--workers <n>", "threads that share the port").default(1).argParser(wholeFrom1("--workers")))
  .option("--log", "say a line for each decision that is kept; the demonstration does", false)
  .addHelpText(
    "after",
    `
A change of the file is taken up when it is saved, and on SIGHUP; a file with faults leaves the plan in force.
SIGTERM and Ctrl-C let requests under way end; a second one does not.
${examples("up", "up --config pinpoint.yaml --data /var/lib/pinpoint --workers 2", "up --config pinpoint.yaml --log")}`,
  )
  .action(async (options) => (await import("./up.ts")).up(options))

program
  .command("check")
  .description("tell everything that is wrong with a configuration; exit code 1 for errors")
  .argument("[file]", "the configuration", "pinpoint.yaml")
  .option("--config <file>", "the same, as an option")
  .addOption(JSON_OUT)
  .addHelpText("after", examples("check pinpoint.yaml", "check --config pinpoint.yaml --json"))
  .action(async (file: string, options) => (await import("./check.ts")).check(options.config ?? file, options))

program
  .command("explain")
  .description("explain a decision by its id, or a cause by its code")
  .argument("<what>", "a decision's id, or a cause such as access/scope-missing")
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText("after", examples("explain 019aa5c5-7f10-7000-8000-3e1f4b6c0a11", "explain access/scope-missing"))
  .action(async (what: string, options) => (await import("./explain.ts")).explain(what, options))

program
  .command("simulate")
  .description("tell whether a request would pass, and all that would stop it; forwards nothing")
  .option("--method <method>", "GET, POST, …")
  .option("--path <path>", "as in the request")
  .option("--key-name <name>", "the name of the key it is sent with")
  .option("--no-key", "it is sent without a key")
  .option("--host <host>", "the host it is sent to")
  .option("--address <ip>", "the address it comes from")
  .option("--length <bytes>", "the length of its body")
  .option("--model <name>", "the model it asks for; a chat, where no path is told")
  .option("--config <file>", "a configuration that need not be in force (default: the one that is)")
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText(
    "after",
    examples(
      "simulate --method POST --path /orders/1 --key-name alice",
      "simulate --model gpt-4o --key-name bob",
      "simulate --method GET --path /orders/1 --no-key --config new.yaml --json",
    ),
  )
  .action(async (options) => (await import("./simulate.ts")).simulate(options))

program
  .command("diagnose")
  .description("find out why any server refused a request")
  .argument(
    "[given...]",
    "files, folders, addresses or text: a curl command, a HAR, an answer, logs; - reads standard input",
  )
  .option(
    "--case <file>",
    "a case as JSON: {symptom, evidence: {request, response_headers, response_body, log_lines, config, ls}}",
  )
  .option("--cases <file>", "cases as JSON lines; one answer a line")
  .option("--symptom <text>", "what happens, in your own words")
  .option("--log <file...>", "error and access logs")
  .option(
    "--config <path...>",
    "the configuration of nginx or httpd: its main file, its folder, the output of nginx -T, .htaccess",
  )
  .option("--root <dir>", "where the server's file system stands here (default for a configuration: /)")
  .option("--listing <file...>", "output of ls -l, namei -l, stat or tar -tv")
  .option("--worker <user>", "the user the server runs as")
  .option("--from <address>", "the client's address")
  .option("--probe <address>", "show requests to this server that would tell causes apart; sends nothing by itself")
  .option("--send", "send them", false)
  .addOption(new Option("--budget <n>", "most requests sent").default(10).argParser(wholeFrom1("--budget")))
  .option("--allow-unsafe", "let requests be sent that may change something there", false)
  .option("--passing <file>", "a request that passes: with --probe, finds the difference that decides")
  .option("--markdown", "print for a ticket", false)
  .option("--save <file>", "write one file to share: what was given, credentials blotted out, and the answer")
  .addOption(JSON_OUT)
  .addHelpText(
    "after",
    examples(
      "diagnose 'curl -X POST https://api.example.org/orders' --log error.log",
      "diagnose http://localhost/private/ --config /etc/nginx/nginx.conf",
      "diagnose refused.har --json",
      "diagnose --case case.json",
    ),
  )
  .action(async (given: string[], options) => (await import("./diagnose.ts")).diagnoseCommand(given, options))

program
  .command("audit")
  .description("look through files, server configurations and the gateway's plan for what refuses or lets in too much")
  .argument(
    "[path...]",
    "a document root, the configuration of nginx or httpd, or a pinpoint.yaml (default: pinpoint.yaml)",
  )
  .option("--worker <user>", "the user the server runs as (default: the one its configuration names, or www-data)")
  .option("--fix", "print the least changes as a script, and apply none", false)
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText(
    "after",
    `
Exit code 0 for nothing, 1 for errors or warnings, 2 where something named cannot be read.
${examples("audit /var/www/html --worker www-data", "audit /etc/nginx", "audit pinpoint.yaml --json", "audit /etc/apache2 --fix")}`,
  )
  .action(async (paths: string[], options) => (await import("./audit.ts")).audit(paths, options))

const prompts = program
  .command("prompts")
  .description("prompts that are published as addresses")
  .addHelpText("after", examples("prompts test pinpoint.yaml"))
prompts
  .command("test")
  .description("ask each prompt what its tests say, of the configured providers; exit code 1 where one fails")
  .argument("[file]", "the configuration", "pinpoint.yaml")
  .option("--config <file>", "the same, as an option")
  .addOption(JSON_OUT)
  .addHelpText("after", examples("prompts test", "prompts test pinpoint.yaml --json"))
  .action(async (file: string, options) => (await import("./prompts.ts")).testPrompts(options.config ?? file, options))

const TEAM = ["--team <name>", "one of the configuration's teams, whose limits hold too"] as const
const TENANT = ["--tenant <name>", "one of the configuration's tenants, for a key without a team"] as const
const MODELS = ["--models <list>", "models it may call, separated by commas; * for any text"] as const
const REQUESTS = ["--requests-per-minute <n>", "model calls in a minute"] as const
const TOKENS = ["--tokens-per-minute <n>", "tokens of prompts and answers in a minute"] as const
const BUDGET_DAY = ["--budget-day <usd>", "US dollars in a day of UTC"] as const
const BUDGET_MONTH = ["--budget-month <usd>", "US dollars in a month of UTC"] as const

const keys = program
  .command("keys")
  .description("keys made at run time; a running gateway sees changes at once")
  .addHelpText("after", examples("keys create carol --scopes orders:read", "keys list", "keys revoke carol"))
keys
  .command("create")
  .description("make a key; its secret is printed once")
  .argument("<name>")
  .option("--scopes <list>", "separated by commas")
  .option("--expires <date>", "when it stops opening anything: 2027-01-31, or with a time")
  .option(...TEAM)
  .option(...TENANT)
  .option(...MODELS)
  .option(...REQUESTS)
  .option(...TOKENS)
  .option(...BUDGET_DAY)
  .option(...BUDGET_MONTH)
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText(
    "after",
    examples(
      "keys create carol --scopes orders:read,orders:write",
      "keys create dan --team search --models 'gpt-*' --budget-day 5",
    ),
  )
  .action(async (name: string, options) => (await import("./keys.ts")).createKey(name, options))
keys
  .command("limit")
  .description("say what a key made here may use of models; what is not told stays")
  .argument("<name>")
  .option(...TEAM)
  .option(...TENANT)
  .option(...MODELS)
  .option(...REQUESTS)
  .option(...TOKENS)
  .option(...BUDGET_DAY)
  .option(...BUDGET_MONTH)
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText("after", examples("keys limit carol --budget-month 50.25"))
  .action(async (name: string, options) => (await import("./keys.ts")).limitKey(name, options))
keys
  .command("list")
  .description("all keys: those made here, and those of the configuration")
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText("after", examples("keys list --json"))
  .action(async (options) => (await import("./keys.ts")).listKeys(options))
keys
  .command("grant")
  .description("add scopes to a key made here")
  .argument("<name>")
  .argument("<scopes...>")
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText("after", examples("keys grant carol orders:write"))
  .action(async (name: string, scopes: string[], options) =>
    (await import("./keys.ts")).grantKey(name, scopes, options),
  )
keys
  .command("revoke")
  .description("withdraw a key made here: it stops opening anything within a second")
  .argument("<name>")
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText("after", examples("keys revoke carol"))
  .action(async (name: string, options) => (await import("./keys.ts")).revokeKey(name, options))

program
  .command("token")
  .description("make a new management token; the one before it ends")
  .addOption(DATA)
  .addOption(JSON_OUT)
  .addHelpText("after", examples("token --data /var/lib/pinpoint"))
  .action(async (options) => (await import("./token.ts")).renewToken(options))

function wholeFrom1(option: string): (text: string) => number {
  return (text) => {
    const n = Number(text)
    if (!Number.isInteger(n) || n < 1 || n > 64)
      throw new Failure(`${option} takes a number from 1 to 64, not "${text}".`)
    return n
  }
}

/** Reads the command line and does what it says. */
export async function run(): Promise<void> {
  try {
    await program.parseAsync()
  } catch (error) {
    if (!isTold(error)) throw error
    endWith(error)
  }
}

/** Faults whose message says all: what, why, and what to do. */
function isTold(error: unknown): error is Error {
  return error instanceof Failure || error instanceof StoreFault || error instanceof PlanFault
}
