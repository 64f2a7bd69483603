// Ports -> is one free, does a server answer on it, is it ours. Node's own sockets and fetch: the driver belongs to graph/stores.
import { connect, createServer } from 'node:net'
import { GraphloomError } from '../../errors.ts'

/** Refuses a port that is taken: Neo4j itself would tell only in its log, after the start. */
export async function requireFree(port: number, option: string): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer().once('error', resolve)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(undefined)))
  })
  if (failure === undefined) return
  if (failure.code === 'EACCES') throw new GraphloomError('neo4j.port-refused', `This user may not listen on port ${port}. Choose one above 1023 with ${option}.`, { cause: failure })
  throw new GraphloomError('neo4j.port-taken', `Port ${port} of 127.0.0.1 is taken by another program. Stop that program (is another Neo4j running?), or choose another port with ${option}.`, { cause: failure })
}

/** Whether both doors answer, and with this password: only our own server knows it. */
export async function answers({ boltPort, httpPort, password }: { readonly boltPort: number; readonly httpPort: number; readonly password: string }): Promise<boolean> {
  return (await speaksBolt(boltPort)) && (await runsQuery(httpPort, password))
}

/** Bolt handshake: the preamble and four proposals of four bytes; a Bolt server replies with the version it chose. */
function speaksBolt(port: number): Promise<boolean> {
  const hello = Buffer.from('6060b017' + '00080805' + '00020404' + '00000000' + '00000000', 'hex')
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(hello))
    const end = (result: boolean) => { socket.destroy(); resolve(result) }
    socket.setTimeout(2000, () => end(false))
    socket.once('data', (reply) => end(reply.length >= 4 && reply.readUInt32BE(0) !== 0))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}

async function runsQuery(port: number, password: string): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/db/neo4j/query/v2`, {
      method: 'POST', signal: AbortSignal.timeout(5000),
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Basic ${Buffer.from(`neo4j:${password}`).toString('base64')}` },
      body: JSON.stringify({ statement: 'RETURN 1' }),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
