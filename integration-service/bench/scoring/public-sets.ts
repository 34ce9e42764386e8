import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { categoryColumn, numberColumn, type Column, type TrainingTable } from '../../src/domain/scoring/table.ts';

/** Where the public files lie: beside the project, never in it. */
const folder = join(import.meta.dirname, '../../../../shared/data');

export const publicSetsAreThere = (): boolean => existsSync(join(folder, 'README.md'));

type Row = Readonly<Record<string, string>>;

const read = (path: string): readonly Row[] => {
  const bytes = readFileSync(join(folder, path));
  return parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true, bom: true });
};

/** Blank and the untouched choice of a web form are "not given". */
const given = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' || text === 'Select' ? null : text.trim();

/** A column is a number where all that is given reads as one. */
const columnOf = (name: string, rows: readonly Row[]): Column => {
  const texts = rows.map((row) => given(row[name]));
  const numbers = texts.map((text) => (text === null ? null : Number(text)));
  return numbers.every((value) => value === null || Number.isFinite(value))
    ? numberColumn(name, numbers)
    : categoryColumn(name, texts);
};

/** One public set: its fields, which of them are known only with the outcome, and what scikit-learn reached on it. */
export interface PublicSet {
  readonly name: string;
  readonly rows: () => readonly Row[];
  readonly won: (row: Row) => boolean;
  readonly fields: readonly string[];
  /** Marked LEAKING in the README of the files. */
  readonly leaking: readonly string[];
  /** Rows with the same text stay in one fold. */
  readonly group?: (row: Row) => string;
  /** Rises with time. */
  readonly time?: (row: Row) => number;
  /** How often the folds are dealt anew. */
  readonly repeats: number;
}

/** The table of a set with these fields. `timed` hands on when each row was known. */
export const tableOf = (
  set: PublicSet,
  rows: readonly Row[],
  fields: readonly string[],
  timed = false,
): TrainingTable => {
  const { group, time } = set;
  const keys = new Map<string, number>();
  const keyOf = (text: string): number => {
    const known = keys.get(text);
    if (known !== undefined) return known;
    keys.set(text, keys.size);
    return keys.size - 1;
  };
  return {
    rows: rows.length,
    columns: fields.map((name) => columnOf(name, rows)),
    outcome: Uint8Array.from(rows, (row) => (set.won(row) ? 1 : 0)),
    at: timed && time !== undefined ? Float64Array.from(rows, time) : null,
    group: group === undefined ? null : Int32Array.from(rows, (row) => keyOf(group(row))),
  };
};

const words = (text: string): readonly string[] => text.split(', ');

/** Deals with what accounts, products and teams say of them. */
const mavenDeals = (): readonly Row[] => {
  const by = (rows: readonly Row[], key: string) => new Map(rows.map((row) => [row[key], row]));
  const accounts = by(read('maven_crm/accounts.csv'), 'account');
  const products = by(read('maven_crm/products.csv'), 'product');
  const teams = by(read('maven_crm/sales_teams.csv'), 'sales_agent');
  return read('maven_crm/closed_deals.csv').map((deal) => {
    const product = deal['product'] === 'GTXPro' ? 'GTX Pro' : (deal['product'] ?? '');
    return {
      ...accounts.get(deal['account']),
      ...products.get(product),
      ...teams.get(deal['sales_agent']),
      ...deal,
      product,
    };
  });
};

const signals = {
  usage: words(
    'number_vmail_messages, total_day_minutes, total_day_calls, total_day_charge, total_eve_minutes, total_eve_calls, total_eve_charge, total_night_minutes, total_night_calls, total_night_charge, total_intl_minutes, total_intl_calls, total_intl_charge',
  ),
  interaction: ['number_customer_service_calls'],
} as const;

/** The signals of `mlc`, to be tried alone and together. */
export const MLC_SIGNALS = signals;

export const PUBLIC_SETS: readonly PublicSet[] = [
  {
    name: 'ibm',
    rows: () => read('ibm_sales_win_loss/train.csv.gz'),
    won: (row) => row['Opportunity Result'] === 'Won',
    fields: words(
      'Supplies Subgroup, Supplies Group, Region, Route To Market, Opportunity Amount USD, Client Size By Revenue, Client Size By Employee Count, Deal Size Category, Revenue From Client Past Two Years, Competitor Type',
    ),
    leaking: words(
      'Elapsed Days In Sales Stage, Sales Stage Change Count, Total Days Identified Through Closing, Total Days Identified Through Qualified, Ratio Days Identified To Total Days, Ratio Days Validated To Total Days, Ratio Days Qualified To Total Days',
    ),
    group: (row) => row['Opportunity Number'] ?? '',
    time: (row) => Number(row['Opportunity Number']),
    repeats: 1,
  },
  {
    name: 'leads',
    rows: () => read('x_education_leads/train.csv.gz'),
    won: (row) => row['Converted'] === '1',
    fields: words(
      'Lead Origin, Lead Source, Do Not Email, Do Not Call, TotalVisits, Total Time Spent on Website, Page Views Per Visit, Country, Specialization, City, How did you hear about X Education, A free copy of Mastering The Interview',
    ),
    leaking: words(
      'Tags, Lead Quality, Lead Profile, Last Activity, Last Notable Activity, Asymmetrique Activity Index, Asymmetrique Profile Index, Asymmetrique Activity Score, Asymmetrique Profile Score',
    ),
    time: (row) => Number(row['Lead Number']),
    repeats: 1,
  },
  {
    name: 'bank',
    rows: () => read('bank_marketing/train.csv.gz'),
    won: (row) => row['deposit'] === 'yes',
    fields: words(
      'age, job, marital, education, default, balance, housing, loan, contact, day, month, campaign, pdays, previous, poutcome',
    ),
    leaking: ['duration'],
    time: (row) => Number(row['row']),
    repeats: 1,
  },
  {
    name: 'salvirt',
    rows: () => read('salvirt_b2b/train.csv'),
    won: (row) => row['Status'] === 'Won',
    fields: words(
      'Product, Seller, Authority, Comp_size, Competitors, Purch_dept, Partnership, Budgt_alloc, Forml_tend, RFI, RFP, Growth, Posit_statm, Source, Client, Scope, Strat_deal, Cross_sale, Up_sale, Deal_type, Needs_def, Att_t_client',
    ),
    leaking: [],
    group: (row) => JSON.stringify(row),
    repeats: 5,
  },
  {
    name: 'mlc',
    rows: () => read('mlc_churn/train.csv'),
    won: (row) => row['churn'] === 'yes',
    fields: [
      ...words('state, account_length, area_code, international_plan, voice_mail_plan'),
      ...signals.usage,
      ...signals.interaction,
    ],
    leaking: [],
    repeats: 1,
  },
  {
    name: 'telco',
    rows: () => read('telco_churn/train.csv'),
    won: (row) => row['Churn'] === 'Yes',
    fields: words(
      'gender, SeniorCitizen, Partner, Dependents, tenure, PhoneService, MultipleLines, InternetService, OnlineSecurity, OnlineBackup, DeviceProtection, TechSupport, StreamingTV, StreamingMovies, Contract, PaperlessBilling, PaymentMethod, MonthlyCharges, TotalCharges',
    ),
    leaking: [],
    repeats: 1,
  },
  {
    name: 'maven',
    rows: mavenDeals,
    won: (row) => row['deal_stage'] === 'Won',
    fields: words(
      'sales_agent, product, account, sector, year_established, revenue, employees, office_location, subsidiary_of, series, sales_price, manager, regional_office',
    ),
    leaking: words('close_date, close_value'),
    repeats: 1,
  },
];
