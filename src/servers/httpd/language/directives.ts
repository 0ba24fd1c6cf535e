/** What `AllowOverride` must hold for a directive to be read from `.htaccess`; `all`: anything but None. */
export type Override = "all" | "authconfig" | "fileinfo" | "indexes" | "limit" | "options"

/**
 * `modelled`: judged here. `outside`: may change who is refused, and is not judged. `harmless`: changes no status that is
 * judged here.
 */
export type Effect = "modelled" | "outside" | "harmless"

export interface Known {
  /** Without `mod_`. */
  readonly module: string
  readonly effect: Effect
  /** None where it is not allowed in `.htaccess` at all. */
  readonly overrides: readonly Override[]
}

/** Whether a module is one of httpd's own, all of whose directives are known here. */
export const isModule = (name: string): boolean =>
  MODULES.has(name) || /^(mpm_\w+|so|http_core|lbmethod_\w+|socache_\w+)$/.test(name)

/** A directive of httpd 2.4 by its name in lower case, sections without `<` (as `httpd -L` lists them). */
export const known = (key: string): Known | undefined => TABLE.get(key)

type Row = readonly [module: string, overrides: string, names: string]

const MODELLED: readonly Row[] = [
  ["access_compat", "authconfig", "satisfy"],
  ["access_compat", "limit", "allow deny order"],
  ["alias", "", "alias aliasmatch scriptalias scriptaliasmatch"],
  ["alias", "fileinfo", "redirect redirectmatch redirectpermanent redirecttemp"],
  ["auth_basic", "authconfig", "authbasicauthoritative authbasicprovider"],
  ["authn_core", "authconfig", "authname authtype"],
  ["authn_file", "authconfig", "authuserfile"],
  ["authz_core", "authconfig", "authmerging authzsendforbiddenonfailure require requireall requireany requirenone"],
  ["authz_groupfile", "authconfig", "authgroupfile"],
  [
    "core",
    "",
    "accessfilename allowencodedslashes allowoverride allowoverridelist directory directorymatch documentroot location locationmatch mergeslashes serveralias servername serverroot traceenable virtualhost",
  ],
  ["core", "all", "else elseif files filesmatch if limitrequestbody"],
  ["core", "authconfig limit", "limit limitexcept"],
  ["core", "fileinfo", "acceptpathinfo errordocument sethandler"],
  ["core", "options", "options"],
  ["dir", "indexes", "directoryindex directoryslash"],
  ["event", "", "listen"],
  ["mime", "fileinfo", "addhandler addtype removehandler"],
  ["proxy", "", "proxy proxymatch proxypass proxypassmatch"],
  ["remoteip", "", "remoteipheader remoteipinternalproxy remoteiptrustedproxy"],
  ["rewrite", "fileinfo", "rewritebase rewritecond rewriteengine rewriteoptions rewriterule"],
  ["setenvif", "fileinfo", "browsermatch browsermatchnocase setenvif setenvifnocase"],
  ["ssl", "", "sslengine"],
  ["ssl", "authconfig", "sslrequiressl"],
  ["unixd", "", "group user"],
  ["userdir", "", "userdir"],
]

const OUTSIDE: readonly Row[] = [
  ["actions", "", "script"],
  ["actions", "fileinfo", "action"],
  ["alias", "fileinfo", "aliaspreservepath"],
  ["allowmethods", "", "allowmethods"],
  ["auth_basic", "authconfig", "authbasicfake"],
  ["authn_anon", "authconfig", "anonymous anonymous_mustgiveemail anonymous_nouserid"],
  ["authn_core", "", "authnprovideralias"],
  ["authz_core", "", "authzprovideralias"],
  ["cache", "", "cacheenable"],
  ["cern_meta", "indexes", "metafiles"],
  ["charset_lite", "fileinfo", "charsetoptions"],
  ["core", "", "regexdefaultoptions serverpath stricthostcheck"],
  ["core", "all", "limitxmlrequestbody"],
  ["core", "fileinfo", "qualifyredirecturl setinputfilter"],
  ["dav", "", "dav davbasepath"],
  ["dir", "indexes", "directorycheckhandler directoryindexredirect fallbackresource"],
  ["lua", "", "luaauthzprovider"],
  [
    "lua",
    "all",
    "luahookaccesschecker luahookauthchecker luahookcheckuserid luahookfixups luahookmaptostorage luahookpretranslatename luahooktranslatename luahooktypechecker luamaphandler luaquickhandler",
  ],
  ["mime", "", "modmimeusepathinfo"],
  ["mime", "fileinfo", "multiviewsmatch"],
  ["proxy", "", "proxyblock proxypassinterpolateenv proxyrequests"],
  ["remoteip", "", "remoteipinternalproxylist remoteipproxyprotocol remoteiptrustedproxylist"],
  ["setenvif", "fileinfo", "setenvifexpr"],
  ["speling", "options", "checkcaseonly checkspelling"],
  ["ssl", "authconfig", "sslrequire sslverifyclient"],
  ["unixd", "", "chrootdir"],
  ["vhost_alias", "", "virtualdocumentroot virtualdocumentrootip virtualscriptalias virtualscriptaliasip"],
]

const HARMLESS: readonly Row[] = [
  ["alias", "fileinfo", "redirectrelative"],
  ["auth_basic", "authconfig", "authbasicusedigestalgorithm"],
  ["auth_digest", "", "authdigestshmemsize"],
  [
    "auth_digest",
    "authconfig",
    "authdigestalgorithm authdigestdomain authdigestnccheck authdigestnoncelifetime authdigestprovider authdigestqop",
  ],
  ["auth_form", "", "authformsize"],
  [
    "auth_form",
    "authconfig",
    "authformauthoritative authformbody authformdisablenostore authformfakebasicauth authformlocation authformloginrequiredlocation authformloginsuccesslocation authformlogoutlocation authformmethod authformmimetype authformpassword authformprovider authformsitepassphrase authformusername",
  ],
  ["authn_anon", "authconfig", "anonymous_logemail anonymous_verifyemail"],
  ["authn_socache", "", "authncachecontext authncacheenable authncachesocache"],
  ["authn_socache", "authconfig", "authncacheprovidefor authncachetimeout"],
  ["autoindex", "all", "fancyindexing"],
  [
    "autoindex",
    "indexes",
    "addalt addaltbyencoding addaltbytype adddescription addicon addiconbyencoding addiconbytype defaulticon headername indexheadinsert indexignore indexignorereset indexoptions indexorderdefault indexstylesheet readmename",
  ],
  [
    "cache",
    "",
    "cachedefaultexpire cachedetailheader cachedisable cacheheader cacheignorecachecontrol cacheignoreheaders cacheignorenolastmod cacheignorequerystring cacheignoreurlsessionidentifiers cachekeybaseurl cachelastmodifiedfactor cachelock cachelockmaxage cachelockpath cachemaxexpire cacheminexpire cachequickhandler cachestaleonerror cachestoreexpired cachestorenostore cachestoreprivate",
  ],
  [
    "cache_disk",
    "",
    "cachedirlength cachedirlevels cachemaxfilesize cacheminfilesize cachereadsize cachereadtime cacheroot",
  ],
  ["cern_meta", "indexes", "metadir metasuffix"],
  ["cgid", "", "cgidscripttimeout scriptlog scriptlogbuffer scriptloglength scriptsock"],
  ["charset_lite", "fileinfo", "charsetdefault charsetsourceenc"],
  [
    "core",
    "",
    "acceptfilter coredumpdirectory defaultruntimedir errorlog errorlogformat extendedstatus flushmaxpipelined flushmaxthreshold hostnamelookups httpprotocoloptions limitinternalrecursion limitrequestfields limitrequestfieldsize limitrequestline loglevel maxconnectionsperchild maxmemfree maxrangeoverlaps maxrangereversals maxranges maxrequestsperchild mergetrailers mutex namevirtualhost pidfile port protocol protocols protocolshonororder readbuffersize registerhttpmethod scoreboardfile seerequesttail serveradmin servertokens threadstacksize timeout usecanonicalname usecanonicalphysicalport",
  ],
  ["core", "all", "error ifdirective ifsection rlimitcpu rlimitmem rlimitnproc serversignature"],
  ["core", "authconfig", "cgipassauth"],
  [
    "core",
    "fileinfo",
    "adddefaultcharset cgivar defaulttype enablemmap enablesendfile fileetag forcetype setoutputfilter",
  ],
  ["core", "options", "contentdigest"],
  ["dav", "", "davdepthinfinity davlockdiscovery davmintimeout"],
  ["dav_fs", "", "davlockdb"],
  [
    "deflate",
    "",
    "deflatealteretag deflatebuffersize deflatecompressionlevel deflatefilternote deflatememlevel deflatewindowsize",
  ],
  ["deflate", "all", "deflateinflatelimitrequestbody deflateinflateratioburst deflateinflateratiolimit"],
  ["env", "fileinfo", "passenv setenv unsetenv"],
  [
    "event",
    "",
    "asyncrequestworkerfactor gracefulshutdowntimeout listenbacklog listencoresbucketsratio listentcpdeferaccept maxclients maxrequestworkers maxsparethreads minsparethreads receivebuffersize sendbuffersize serverlimit startservers threadlimit threadsperchild",
  ],
  ["expires", "indexes", "expiresactive expiresbytype expiresdefault"],
  ["ext_filter", "", "extfilterdefine extfilteroptions"],
  ["filter", "", "filtertrace"],
  ["filter", "fileinfo", "addoutputfilterbytype"],
  ["filter", "options", "filterchain filterdeclare filterprotocol filterprovider"],
  ["headers", "fileinfo", "header requestheader"],
  [
    "http2",
    "",
    "h2direct h2earlyhints h2maxdataframelen h2maxheaderblocklen h2maxsessionstreams h2maxstreamerrors h2maxworkeridleseconds h2maxworkers h2minworkers h2moderntlsonly h2outputbuffering h2padding h2pushdiarysize h2pushpriority h2serializeheaders h2sessionextrafiles h2streammaxmemsize h2streamtimeout h2tlscooldownsecs h2tlswarmupsize h2websockets h2windowsize",
  ],
  ["http2", "authconfig", "h2push h2upgrade"],
  ["http2", "authconfig fileinfo", "h2earlyhint h2pushresource"],
  ["http2", "fileinfo", "h2copyfiles h2proxyrequests"],
  ["http_core", "", "keepalive keepalivetimeout maxkeepaliverequests"],
  ["include", "", "ssiendtag ssistarttag"],
  ["include", "all", "ssierrormsg ssitimeformat ssiundefinedecho"],
  ["include", "limit", "ssietag ssilastmodified ssilegacyexprparser"],
  ["include", "options", "xbithack"],
  ["info", "", "addmoduleinfo"],
  ["log_config", "", "bufferedlogs customlog globallog logformat transferlog"],
  ["logio", "all", "logiotrackttfb"],
  [
    "lua",
    "all",
    "lua_____bytecodehack luacodecache luahookinsertfilter luahooklog luainherit luainputfilter luaoutputfilter luapackagecpath luapackagepath luaroot luascope",
  ],
  ["macro", "all", "macroignorebadnesting macroignoreemptyargs undefmacro"],
  ["mime", "", "typesconfig"],
  [
    "mime",
    "fileinfo",
    "addcharset addencoding addinputfilter addlanguage addoutputfilter defaultlanguage removecharset removeencoding removeinputfilter removelanguage removeoutputfilter removetype",
  ],
  ["mime_magic", "", "mimemagicfile"],
  ["negotiation", "", "cachenegotiateddocs"],
  ["negotiation", "fileinfo", "forcelanguagepriority languagepriority"],
  [
    "proxy",
    "",
    "balancergrowth balancerinherit balancermember balancerpersist noproxy proxy100continue proxyaddheaders proxybadheader proxydomain proxyerroroverride proxyiobuffersize proxymaxforwards proxypassinherit proxypassreverse proxypassreversecookiedomain proxypassreversecookiepath proxypreservehost proxyreceivebuffersize proxyremote proxyremotematch proxyset proxysourceaddress proxystatus proxytimeout proxyvia",
  ],
  ["proxy_fcgi", "fileinfo", "proxyfcgibackendtype proxyfcgisetenvif"],
  [
    "proxy_html",
    "",
    "proxyhtmlbufsize proxyhtmlcharsetout proxyhtmldoctype proxyhtmlenable proxyhtmlevents proxyhtmlextended proxyhtmlfixups proxyhtmlinterp proxyhtmllinks proxyhtmlmeta proxyhtmlstripcomments proxyhtmlurlmap",
  ],
  ["remoteip", "", "remoteipproxiesheader remoteipproxyprotocolexceptions"],
  ["reqtimeout", "", "requestreadtimeout"],
  ["request", "", "keptbodysize"],
  ["rewrite", "", "rewritemap"],
  [
    "session",
    "authconfig",
    "session sessionenv sessionexclude sessionexpiryupdateinterval sessionheader sessioninclude sessionmaxage",
  ],
  ["session_cookie", "authconfig", "sessioncookiename sessioncookiename2 sessioncookieremove"],
  ["so", "", "loadfile"],
  ["speling", "options", "checkbasenamematch"],
  [
    "ssl",
    "",
    "sslcadnrequestfile sslcadnrequestpath sslcarevocationcheck sslcarevocationfile sslcarevocationpath sslcertificatechainfile sslcertificatefile sslcertificatekeyfile sslcompression sslcryptodevice sslfips sslhonorcipherorder sslinsecurerenegotiation sslocspdefaultresponder sslocspenable sslocspnoverify sslocspoverrideresponder sslocspproxyurl sslocsprespondercertificatefile sslocsprespondertimeout sslocspresponsemaxage sslocspresponsetimeskew sslocspuserequestnonce sslopensslconfcmd sslpassphrasedialog sslprotocol sslproxycacertificatefile sslproxycacertificatepath sslproxycarevocationcheck sslproxycarevocationfile sslproxycarevocationpath sslproxycheckpeercn sslproxycheckpeerexpire sslproxycheckpeername sslproxyciphersuite sslproxyengine sslproxymachinecertificatechainfile sslproxymachinecertificatefile sslproxymachinecertificatepath sslproxyprotocol sslproxyverify sslproxyverifydepth sslrandomseed sslsessioncache sslsessioncachetimeout sslsessionticketkeyfile sslsessiontickets sslsrpunknownuserseed sslsrpverifierfile sslstaplingcache sslstaplingerrorcachetimeout sslstaplingfaketrylater sslstaplingforceurl sslstaplingrespondertimeout sslstaplingresponsemaxage sslstaplingresponsetimeskew sslstaplingreturnrespondererrors sslstaplingstandardcachetimeout sslstrictsnivhostcheck sslusestapling sslvhostsnipolicy",
  ],
  ["ssl", "all", "ssllog sslloglevel"],
  [
    "ssl",
    "authconfig",
    "sslcacertificatefile sslcacertificatepath sslciphersuite sslrenegbuffersize sslusername sslverifydepth",
  ],
  ["ssl", "options", "ssloptions"],
  ["substitute", "fileinfo", "substitute substituteinheritbefore substitutemaxlinelength"],
  ["suexec", "", "suexecusergroup"],
  ["unixd", "", "suexec"],
  [
    "usertrack",
    "fileinfo",
    "cookiedomain cookieexpires cookiehttponly cookiename cookiesamesite cookiesecure cookiestyle cookietracking",
  ],
  ["watchdog", "", "watchdoginterval"],
  ["xml2enc", "", "xml2encalias"],
  ["xml2enc", "all", "xml2encdefault xml2startparse"],
]

const OVERRIDES: ReadonlySet<string> = new Set<Override>([
  "all",
  "authconfig",
  "fileinfo",
  "indexes",
  "limit",
  "options",
])
const isOverride = (name: string): name is Override => OVERRIDES.has(name)

const TABLE: ReadonlyMap<string, Known> = new Map([
  ...rowsOf(MODELLED, "modelled"),
  ...rowsOf(OUTSIDE, "outside"),
  ...rowsOf(HARMLESS, "harmless"),
])

function rowsOf(rows: readonly Row[], effect: Effect): readonly (readonly [string, Known])[] {
  return rows.flatMap(([module, overrides, names]) =>
    names
      .split(" ")
      .map((name) => [name, { module, effect, overrides: overrides.split(" ").filter(isOverride) }] as const),
  )
}

const MODULES: ReadonlySet<string> = new Set([
  ...Array.from(TABLE.values(), (it) => it.module),
  ..."authz_host authz_user authz_owner slotmem_shm proxy_http proxy_balancer proxy_connect ratelimit unique_id data asis status proxy_wstunnel buffer reflector logio".split(
    " ",
  ),
])
