import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../local/services/processes.ts';

/** Stands in front of a server, so that a test can take the server away from one of its clients and give it back. */
export interface TcpGate {
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Opens a gate to a port of this machine. */
export const openTcpGate = async (target: number): Promise<TcpGate> => {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // A broken pipe is what a shut gate is for; its other end is told by the end of its own socket.
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer((from) => {
        const to = keep(connect(target, '127.0.0.1'));
        keep(from).pipe(to).pipe(from);
        from.on('close', () => to.destroy());
        to.on('close', () => from.destroy());
      });
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await open();
  return {
    port,
    open,
    shut: () =>
      new Promise((resolve) => {
        if (!server?.listening) return resolve();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
