import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** What a TLS server needs, and the file a client adds to its trusted authorities. */
export interface ServerCertificate {
  /** PEM of the private key. */
  readonly key: string;
  /** PEM of the certificate; it signs itself, so it is its own authority. */
  readonly certificate: string;
  /** Path of the certificate on disk: what `SALESFORCE_PUBSUB_CA_FILE` may point at. */
  readonly authorityFile: string;
}

const NAMES = ['localhost', '127.0.0.1', '::1'] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
/** A kept certificate is renewed well before a long-running world would meet its end. */
const RENEW_BEFORE_MS = 7 * DAY_MS;

const read = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * The certificate of a local TLS server, for loopback names only. Kept in `directory` between starts, because a client
 * that was told to trust the file must find the same authority after a restart.
 */
export const serverCertificate = async (directory: string): Promise<ServerCertificate> => {
  const authorityFile = join(directory, 'event-bus-authority.pem');
  const keyFile = join(directory, 'event-bus-key.pem');
  const [certificate, key] = await Promise.all([read(authorityFile), read(keyFile)]);
  if (certificate && key && Date.parse(new X509Certificate(certificate).validTo) - Date.now() > RENEW_BEFORE_MS)
    return { key, certificate, authorityFile };

  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 365 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: NAMES.map((name) => (name === 'localhost' ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  });
  await mkdir(directory, { recursive: true });
  await writeFile(keyFile, made.private, { mode: 0o600 });
  await writeFile(authorityFile, made.cert);
  return { key: made.private, certificate: made.cert, authorityFile };
};
