/** The static resource that makes PDFs, run as a page runs it, for tests that look into what it writes. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { TextDecoder, TextEncoder } = require('node:util');

const FILE = join(process.cwd(), 'force-app', 'main', 'customer-success', 'staticresources', 'TandemPdf.js');
let library;

/** What the script leaves on a page as `jspdf`. */
exports.pdfLibrary = () => {
  if (!library) {
    Object.assign(globalThis, { TextDecoder, TextEncoder });
    const holder = { exports: {} };
    // The script is run without what a module system would add to it.
    new Function('module', 'exports', 'require', readFileSync(FILE, 'utf8'))(holder, holder.exports, () => ({}));
    library = holder.exports;
  }
  return library;
};

/** The bytes of a PDF as text, one letter each. */
exports.pdfText = (file) => Buffer.from(file).toString('latin1');
