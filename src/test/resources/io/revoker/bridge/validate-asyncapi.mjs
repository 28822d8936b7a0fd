// What the parser of AsyncAPI finds wrong with a document, one line each: errors and warnings.
import fs from 'node:fs';
import parser from '@asyncapi/parser';

const { diagnostics } = await new parser.Parser().parse(fs.readFileSync(process.argv[2], 'utf8'));
for (const found of diagnostics.filter(found => found.severity < 2)) {
  console.log(`${found.path.join('.')}: ${found.message}`);
}
console.log('end');
