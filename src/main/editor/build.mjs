// Makes the one file that the editor page loads. Run `npm ci && npm run build` here after a change
// of editor.mjs or of a version, and commit what comes out; building the application needs no Node.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const target = '../resources/static/vendor/editor.js';
await build({
  entryPoints: ['editor.mjs'], outfile: target, bundle: true, minify: true, format: 'iife',
  target: ['es2022'], legalComments: 'none', charset: 'utf8',
});

const scopes = ['@codemirror', '@lezer', '@marijn'].filter(scope => existing(scope));
const packages = scopes.flatMap(scope => readdirSync(`node_modules/${scope}`).map(name => `${scope}/${name}`))
  .concat(['crelt', 'style-mod', 'w3c-keyname']).sort();
const texts = packages.map(name => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`));
  return `${name} ${version}\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8').trim()}\n`;
});
writeFileSync(target.replace('.js', '.LICENSES.txt'), texts.join(`\n${'-'.repeat(72)}\n\n`));
console.log(createHash('sha256').update(readFileSync(target)).digest('hex'), target);

function existing(scope) {
  try { return readdirSync(`node_modules/${scope}`).length > 0; } catch { return false; }
}
