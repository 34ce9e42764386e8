/** The canned Salesforce in a process of its own: `node main.ts CERTIFICATE_FOLDER` prints its addresses as one JSON line. */
import { startCannedSalesforce } from './canned-salesforce.ts';

const [certificateDirectory] = process.argv.slice(2);
if (certificateDirectory === undefined) {
  process.stderr.write('Say where the certificate of the event stream may be kept: main.ts FOLDER\n');
  process.exit(1);
}
const { stop, ...addresses } = await startCannedSalesforce(certificateDirectory);
process.stdout.write(`${JSON.stringify(addresses)}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stop().then(() => process.exit(0)));
