/**
 * Builds what the browser loads, in a process of its own: the compiler takes both seconds and memory, and whoever starts
 * the pages keeps answering meanwhile. Argument: the options as JSON. Prints `{"vendorFolder", "appFolder"}`.
 */
import { z } from 'zod';
import { buildApp } from './app-build.ts';
import { buildVendor } from './vendor-build.ts';

const options = z
  .object({ sourceFolders: z.array(z.string()), namespace: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const vendorFolder = await buildVendor();
const appFolder = await buildApp({ ...options, vendorFolder });
process.stdout.write(`${JSON.stringify({ vendorFolder, appFolder })}\n`);
