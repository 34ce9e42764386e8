/**
 * Gives every `@salesforce/label/c.X` its text from the package's label files. A label that is not defined there
 * keeps the stub's value `c.X`, which no test expects, and `check:metadata` refuses it.
 */
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const SOURCE = join(process.cwd(), 'force-app', 'main');
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
const plain = (xml) => xml.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity]);
const inside = (xml, tag) => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(xml)?.[1] ?? '';

for (const file of readdirSync(SOURCE, { recursive: true }).filter((name) => name.endsWith('.labels-meta.xml'))) {
  const labels = readFileSync(join(SOURCE, file), 'utf8').match(/<labels>[\s\S]*?<\/labels>/g) ?? [];
  for (const label of labels) {
    const text = plain(inside(label, 'value'));
    jest.doMock(`@salesforce/label/c.${inside(label, 'fullName')}`, () => ({ __esModule: true, default: text }), {
      virtual: true,
    });
  }
}
