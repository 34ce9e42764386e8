// Walks a ledger in a process of its own, so that its memory is that of the walk alone; prints one line of JSON.
import { openOrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { SealedValues } from '../../src/infrastructure/ledger/sealed-values.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';
import { verifyChain } from '../../src/infrastructure/ledger/verify-chain.ts';
import { benchMasterKey, benchOrg } from './ledger-room.ts';

const database = openOrgDatabase(benchOrg, { url: process.argv[2] ?? '' });
const keys = new SubjectKeys(masterKeyFrom(benchMasterKey));
const began = performance.now();
const { entries, firstBad } = await verifyChain(database, new SealedValues(database, keys), []);
const seconds = (performance.now() - began) / 1_000;
const peakBytes = process.resourceUsage().maxRSS * 1_024;
process.stdout.write(`${JSON.stringify({ entries, firstBad, seconds, peakBytes })}\n`);
await database.close();
