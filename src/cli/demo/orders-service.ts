/** The small service behind the demonstration: keeps orders in memory. */
export function startOrders(): { readonly url: string; stop(): Promise<void> } {
  const orders = new Map<string, unknown>([["1", { id: "1", item: "lamp", quantity: 1 }]])
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      const id = new URL(request.url).pathname.split("/")[2] ?? ""
      if (request.method === "POST") {
        orders.set(id, { id, received: await request.text() })
        return Response.json(orders.get(id), { status: 201 })
      }
      const order = orders.get(id)
      return order === undefined
        ? Response.json({ error: `there is no order ${id}` }, { status: 404 })
        : Response.json(order)
    },
  })
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.stop(true) }
}
