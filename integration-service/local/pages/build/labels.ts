import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { filesBelow } from './content-hash.ts';

const labelsFile = z.object({
  CustomLabels: z.object({
    labels: z.array(z.object({ fullName: z.string(), value: z.string() })).default([]),
  }),
});

/** Custom labels of the source folders by name. A label defined twice is refused, as a deploy would. */
export const readLabels = (sourceFolders: readonly string[]): Map<string, string> => {
  const parser = new XMLParser({ isArray: (name) => name === 'labels', parseTagValue: false, trimValues: true });
  const labels = new Map<string, string>();
  for (const file of sourceFolders.flatMap(filesBelow).filter((name) => name.endsWith('.labels-meta.xml'))) {
    for (const { fullName, value } of labelsFile.parse(parser.parse(readFileSync(file, 'utf8'))).CustomLabels.labels) {
      if (labels.has(fullName)) throw new Error(`Label ${fullName} is defined twice; the second time in ${file}.`);
      labels.set(fullName, value);
    }
  }
  return labels;
};
