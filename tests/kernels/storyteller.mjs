import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
const [, , folder, models] = process.argv;
const { Storyteller } = await import(pathToFileURL(path.join(folder, 'index.js')));
const read = (name) => new Uint8Array(fs.readFileSync(path.join(models, name)));
const teller = new Storyteller(read('tiny.bin'), read('tiny-tokenizer.bin'), 0, 1);
for (let round = 0; round < 2; round++) {
  teller.begin('Luna was a');
  let text = '';
  for (let piece = teller.next(); piece !== ''; piece = teller.next()) text += piece;
  console.log(text);
}
teller.dispose();
