/** Words before a number that say it is one to be called; written as they are compared, in lower case. */
const CALLED =
  words(`tel phone telephone mobile cell cellphone fax call dial text sms whatsapp telefon telefonnummer handy
  handynummer mobil mobilnummer rufnummer telefono teléfono movil móvil celular téléphone telephone portable telefone telemóvel
  cellulare telefoon telefoonnummer mobiel telefonu numer komórka telefonnr tlf`)
/** Words that may stand between. */
const BETWEEN =
  words(`number numbers no nr num is at on me us him her them my the a to or and ist die lautet unter nummer numéro numero
  número es è il le la est is now your our under`)
/** Words before a number that say it counts or names something else. */
const COUNTED =
  words(`order orders invoice ticket case ref reference sku article item version build serial isbn issn account tracking
  parcel part model id uuid hash pid port line row page bestellung bestellnummer auftrag auftragsnummer rechnung rechnungsnummer
  kundennummer artikel commande facture pedido factura ordine fattura bestelling factuur zamówienie faktura`)

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/))
}

const LOOKED_AT = 48
const MOST_WORDS = 5

export type PhoneContext = "called" | "counted" | "none"

/** What the words right before a place say of a number that begins there. */
export function phoneContext(text: string, from: number): PhoneContext {
  const before = text.slice(Math.max(0, from - LOOKED_AT), from).toLowerCase()
  // A word cut off at the beginning is none.
  const found = before.split(/[^\p{L}]/u).filter((it) => it !== "")
  for (let at = found.length - 1; at >= Math.max(0, found.length - MOST_WORDS); at--) {
    const word = found[at] ?? ""
    if (CALLED.has(word)) return "called"
    if (COUNTED.has(word)) return "counted"
    if (!BETWEEN.has(word)) return "none"
  }
  return "none"
}
