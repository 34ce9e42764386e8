import { stemOf } from '../words.ts';

/** Words that may stand for one another without saying more; the first of a line stands for all. */
const groups = `
show display see view look
keep hold store
collect gather take pull
propose suggest
need require
company customer business buyer organisation organization client prospect hospital plant retailer owner bank
employee people staff person colleague worker headcount head
auditor audit
spreadsheet excel
predict forecast outlook tomorrow
automatic automated automatically autopilot itself
fix repair remediate remediation
respond response reply answer
solar sun panel
assign pick choose
duration long
patient patients
message messaging text reminder remind sms
mail e-mail email
vendor supplier
draft write
score rank rating rate
voice speech speak spoken
image vision photo picture
fleet ship vessel
shop store branch
motor machine
building house
swap swaps exchange
room theatre
change edit
check test
location site centre dc
cost costs spend spending
begin start
day daily 24
hour hourly
device edge hardware
run runtime running
order ordering reorder purchase
plate plates licence
trade trading market
part parts
app application
customer's customers
`;

const canonicals: ReadonlyMap<string, string> = new Map(
  groups
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [first = '', ...others] = line.split(' ').map((word) => stemOf(word));
      return others.map((other) => [other, first] as const);
    }),
);

/** The word that stands for a stem and its synonyms. */
export const synonymOf = (stem: string): string => canonicals.get(stem) ?? stem;
