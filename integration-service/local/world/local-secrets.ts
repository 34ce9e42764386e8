import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const secrets = z.object({
  /** Wraps the keys of persons in the ledger; 32 bytes, base64. */
  masterKey: z.string(),
  /** Signs the network's notices to the service. */
  noticeSecret: z.string(),
  /** The access key that the service signs with towards the local ACE network. */
  awsAccessKeyId: z.string(),
  awsSecretAccessKey: z.string(),
});

export interface LocalSecrets extends z.infer<typeof secrets> {
  readonly privateKeyFile: string;
  readonly publicKey: string;
}

/** Makes the secrets of a local world once and keeps them in its data folder, readable by its owner only. */
export const localSecrets = (dataDir: string): LocalSecrets => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const privateKeyFile = join(dataDir, 'integration-key.pem');
  const publicKeyFile = join(dataDir, 'integration-key.pub');
  if (!existsSync(privateKeyFile) || !existsSync(publicKeyFile)) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    writeFileSync(publicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  }
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) {
    const made: z.infer<typeof secrets> = {
      masterKey: randomBytes(32).toString('base64'),
      noticeSecret: randomBytes(24).toString('base64url'),
      awsAccessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
      awsSecretAccessKey: randomBytes(30).toString('base64'),
    };
    writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  }
  return {
    ...secrets.parse(JSON.parse(readFileSync(file, 'utf8'))),
    privateKeyFile,
    publicKey: readFileSync(publicKeyFile, 'utf8'),
  };
};
