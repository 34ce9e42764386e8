// `npm run demo`: the main job without a browser. Files referrals through the org, prints what held, and exits 0 only
// if everything did. With `--csv FOLDER` it does so for somebody's own pipeline.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Connection } from 'jsforce';
import { outcomeTable } from './demo/outcome-table.ts';
import { type DealOutcome, type DealToRefer, referDeals } from './demo/refer-deals.ts';
import { ReferralDesk } from './demo/referral-desk.ts';
import { AnswerSheet } from './import/answer-sheet.ts';
import { bulkLoad, type LoadedRow, writeRejected } from './import/bulk-load.ts';
import { findMapping } from './import/import-mapping.ts';
import { ImportMemory } from './import/import-memory.ts';
import { progressBar } from './import/progress.ts';
import { readHeaders, readTables } from './import/read-tables.ts';
import { loadSample } from './seed/load-sample.ts';
import { sampleDeals } from './seed/sample-company.ts';
import { refuseProduction } from './world/sign-in.ts';
import { forgetWorld, startWorld, type World } from './world/world.ts';
import { readWorldSettings, SettingError } from './world/world-settings.ts';

const help = `npm run demo -- [--csv FOLDER [--mapping NAME] [--answers FILE] [--deals N]] [--reset] [--fast]

  --csv FOLDER     load accounts and opportunities from CSV files first, through Bulk API 2.0
  --mapping NAME   how the files' columns become fields: a mapping that comes with the project, or a JSON file
  --answers FILE   the sheet of questions, filled in; without it the open questions are written to a sheet
  --deals N        refer the first N deals of the files (default 100)
  --reset          forget what an earlier demo with --csv kept
  --fast           the local AWS takes any number of calls a second (AWS itself: 1 write a second)
  --namespace NAME install the package under a namespace, as a managed package is
`;

const stopWith = (message: string): never => {
  console.error(message);
  process.exit(2);
};

const options = (() => {
  try {
    return parseArgs({
      options: {
        csv: { type: 'string' },
        mapping: { type: 'string' },
        answers: { type: 'string' },
        deals: { type: 'string', default: '100' },
        reset: { type: 'boolean', default: false },
        fast: { type: 'boolean', default: false },
        namespace: { type: 'string', default: '' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return stopWith(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
})();
if (options.help) {
  console.log(help);
  process.exit(0);
}
const wantedDeals = Number(options.deals);
if (!Number.isInteger(wantedDeals) || wantedDeals < 1)
  stopWith(`--deals is "${options.deals}", which is not a number of deals.`);

const local = join(import.meta.dirname, '..', '..', '.local');
const dataDir = join(local, options.csv ? 'demo-csv' : 'demo');
const say = (line: string): void => console.log(`  ${line}`);
const partner = { key: 'aws', network: 'aws-ace' };

const sampleRun = async (
  connection: Connection,
  seller: Connection,
): Promise<{ outcomes: DealOutcome[]; asked: number }> => {
  const ids = await loadSample(connection, new Date().toISOString().slice(0, 10), options.namespace);
  const deals = sampleDeals.flatMap((deal): DealToRefer[] =>
    deal.demo
      ? [
          {
            name: deal.name,
            opportunityId: ids.get(deal.name) ?? '',
            account: deal.account,
            ends: deal.demo.ends,
            answer: ({ target }) => deal.demo?.answers[target],
          },
        ]
      : [],
  );
  const bar = progressBar('  referring', deals.length);
  const desk = new ReferralDesk(seller, { namespace: options.namespace });
  const outcomes = await referDeals(desk, deals, partner.key, partner.network, bar);
  return { outcomes, asked: outcomes.reduce((sum, outcome) => sum + outcome.questions, 0) };
};

const csvRun = async (seller: Connection): Promise<{ outcomes: DealOutcome[]; asked: number }> => {
  const folder = resolve(options.csv ?? '');
  const sheet = AnswerSheet.read(options.answers);
  const tables = readTables(
    folder,
    findMapping(folder, options.mapping, (file) => readHeaders(folder, file)),
  );
  const bars = new Map<string, ReturnType<typeof progressBar>>();
  const memory = new ImportMemory(join(dataDir, 'imported.json'), await orgId(seller), folder);
  const { loaded, rejected } = await bulkLoad(seller, tables, sheet, memory, wantedDeals, (object, done, total) => {
    const bar = bars.get(object) ?? progressBar(`  loading ${object}`, total);
    bars.set(object, bar);
    bar(done);
  });
  if (rejected.length > 0) {
    const file = join(dataDir, 'rejected.csv');
    writeRejected(file, rejected);
    say(`${rejected.length} rows were not loaded; each with its reason in ${file}`);
  }
  const accountOf = await accountsOfDeals(seller, loaded);
  const chosen = loaded.filter((row) => row.object === 'Opportunity').slice(0, wantedDeals);
  const deals = chosen.map((row): DealToRefer => {
    const account = accountOf.get(row.id) ?? row.key;
    return {
      name: row.key,
      opportunityId: row.id,
      account,
      answer: (question) => {
        const kept = question.answerHome ?? '';
        const scope = kept.startsWith('Account.') ? 'account' : 'deal';
        const given = sheet.answer({
          scope,
          key: scope === 'account' ? account : row.key,
          field: kept === '' ? question.target : kept,
          question: question.question,
          allowed: (question.allowed ?? []).join(' | '),
        });
        return given?.includes(';') ? given.split(';').map((one) => one.trim()) : given;
      },
    };
  });
  const bar = progressBar('  referring', deals.length);
  const outcomes = await referDeals(
    new ReferralDesk(seller, { namespace: options.namespace, pollMs: 500 }),
    deals,
    partner.key,
    partner.network,
    bar,
  );
  if (sheet.open.length > 0) {
    const file = join(dataDir, 'questions.csv');
    sheet.writeOpen(file);
    say(`${sheet.open.length} questions are open: fill in ${file} and give it back with --answers`);
  }
  return { outcomes, asked: sheet.answered };
};

/** The account's key in the files for each deal that has one, so that an account is asked once. */
const accountsOfDeals = async (connection: Connection, loaded: readonly LoadedRow[]): Promise<Map<string, string>> => {
  const keys = new Map(loaded.filter(({ object }) => object === 'Account').map(({ id, key }) => [id, key]));
  const answer = await connection.query<{ Id: string; AccountId: string; Account: { Name: string } | null }>(
    'SELECT Id, AccountId, Account.Name FROM Opportunity WHERE AccountId != null',
    { autoFetch: true, maxFetch: 100_000 },
  );
  return new Map(
    answer.records.flatMap(({ Id, AccountId, Account }) => {
      const key = keys.get(AccountId) ?? Account?.Name;
      return key === undefined ? [] : [[Id, key] as const];
    }),
  );
};

const orgId = async (connection: Connection): Promise<string> => {
  const answer = await connection.query<{ Id: string }>('SELECT Id FROM Organization');
  return answer.records[0]?.Id ?? '';
};

let world: World | undefined;
try {
  const settings = readWorldSettings(process.env);
  if (settings.aws?.catalog === 'AWS')
    stopWith(
      'TANDEM_AWS_CATALOG is AWS, the production catalog: the demo files sample referrals, so it runs with catalog Sandbox only.',
    );
  if (!options.csv || options.reset) forgetWorld(dataDir);
  mkdirSync(dataDir, { recursive: true });
  const began = performance.now();
  console.log('Starting the world …');
  world = await startWorld({
    dataDir,
    settings,
    say,
    pages: false,
    namespace: options.namespace,
    quotas: !options.fast,
    reviewer: { inReviewAfterMs: 300, decideAfterMs: 600 },
  });
  const seller = await world.signIn('sally.seller');
  await refuseProduction(seller);
  say(`ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const { outcomes, asked: questions } = options.csv
    ? await csvRun(seller)
    : await sampleRun(await world.signIn('sam.setup'), seller);
  console.log(`\n${outcomeTable(outcomes)}\n`);
  const held = outcomes.filter((outcome) => outcome.problem === '');
  const rekeyed = outcomes.reduce((sum, { referral }) => sum + (referral?.rekeyed ?? 0), 0);
  const twice = world.ace ? await filedTwice(world, outcomes) : [];
  console.log(
    `${held.length} of ${outcomes.length} held · ${rekeyed} fields re-keyed · ${questions} questions asked (${(questions / Math.max(1, outcomes.length)).toFixed(1)} a referral)${world.ace ? ` · ${twice.length} filed twice` : ''}`,
  );
  process.exitCode = outcomes.length > 0 && held.length === outcomes.length && twice.length === 0 ? 0 : 1;
} catch (error) {
  console.error(
    error instanceof SettingError
      ? error.message
      : `The demo stopped: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 2;
} finally {
  await world?.stop();
}

/** Deals of which AWS holds more than one opportunity: there must be none. */
async function filedTwice({ ace }: World, outcomes: readonly DealOutcome[]): Promise<string[]> {
  const twice: string[] = [];
  for (const { deal } of outcomes) {
    if (((await ace?.opportunitiesFor(deal.opportunityId)) ?? []).length > 1) twice.push(deal.name);
  }
  return twice;
}
