/** In headless Chromium: a Vite application that imports a Mojo module, the demo and the playground. Skipped by name where there is no Chromium
 *  or the packages of these tests cannot be installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { serve } from '../../scripts/serve.mjs';
import { currentBuildId, makeWorkplace, ROOT, type Workplace } from '../cli/kiln.ts';

const HERE = path.join(ROOT, 'tests', 'browser');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  fs.existsSync(file),
);
const LONG = 180_000;

/** What is used of playwright-core. */
interface Page {
  goto(url: string): Promise<unknown>;
  click(selector: string): Promise<void>;
  textContent(selector: string): Promise<string | null>;
  selectOption(selector: string, value: string): Promise<unknown>;
  waitForFunction(code: string, arg: null, options: { readonly timeout: number }): Promise<unknown>;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  locator(selector: string): { count(): Promise<number> };
}
interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

function install(folder: string): boolean {
  if (fs.existsSync(path.join(folder, 'node_modules'))) return true;
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  return spawnSync('npm', words, { cwd: folder, stdio: 'ignore', timeout: LONG }).status === 0;
}

const skip =
  CHROMIUM === undefined
    ? 'Chromium is not installed'
    : install(HERE) && install(path.join(ROOT, 'playground'))
      ? false
      : 'the packages of the browser tests cannot be installed';

describe('in the browser', { skip }, () => {
  let place: Workplace;
  let browser: Browser;
  const servers: { close(): void }[] = [];
  const problems: string[] = [];

  before(async () => {
    place = makeWorkplace();
    const load = createRequire(path.join(HERE, 'package.json'));
    const { chromium }: { chromium: { launch(options: object): Promise<Browser> } } = load('playwright-core');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser.close();
    for (const server of servers) server.close();
    place.remove();
  });

  async function open(folder: string, hash = ''): Promise<Page> {
    const server = await serve(folder, 0);
    servers.push(server);
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(String(error.stack)));
    await page.goto(`http://localhost:${(server.address() as { port: number }).port}/${hash}`);
    return page;
  }

  test('a Vite application', { timeout: LONG }, async () => {
    fs.copyFileSync(path.join(ROOT, 'tests', 'interop', 'kernels.mojo'), path.join(place.folder, 'kernels.mojo'));
    fs.copyFileSync(path.join(ROOT, 'tests', 'interop', 'threads.mojo'), path.join(place.folder, 'threads.mojo'));
    fs.symlinkSync(path.join(HERE, 'node_modules'), path.join(place.folder, 'node_modules'));
    place.write('package.json', '{ "private": true, "type": "module" }');
    place.write('index.html', '<!doctype html><pre id="out"></pre><script type="module" src="/main.ts"></script>');
    place.write(
      'main.ts',
      [
        "import { Counter, dot, greet, squares } from './kernels.mojo';",
        "import { cores, fill, letters, trap } from './threads.mojo';",
        'const a = Float32Array.of(1, 2, 3);',
        'const lines = [dot(a, a), greet("page"), new Counter("c").describe(), [...squares(3)].join()];',
        'try { dot(a, new Float32Array(1)); } catch (error) { lines.push(String(error)); }',
        'lines.push(await dot.async(a, a));',
        '// Threads: from the page, which may not sleep; after a trap in any of them; from a worker.',
        'lines.push(crossOriginIsolated && cores() === Math.min(navigator.hardwareConcurrency, 16));',
        'const out = new Float64Array(64);',
        'fill(out, 20000);',
        'lines.push(out.every((x, i) => x === i), letters(50).length);',
        'try { trap(14); } catch (error) { lines.push(error.isTrap && /index 14 is out/.test(error.message)); }',
        'lines.push(letters(26).length, await letters.async(2));',
        "document.getElementById('out').textContent = lines.join('|');",
        '',
      ].join('\n'),
    );
    const tools = path.join(ROOT, 'dist', currentBuildId(), 'module-tools.cjs');
    place.write(
      'vite.config.mjs',
      `import tools from ${JSON.stringify(tools)};\nexport default { plugins: [tools.vite()], build: { target: 'es2022' }, logLevel: 'error' };\n`,
    );
    const vite = path.join(HERE, 'node_modules', 'vite', 'bin', 'vite.js');
    const built = spawnSync(process.execPath, [vite, 'build'], {
      cwd: place.folder,
      encoding: 'utf8',
      timeout: LONG,
      env: { ...process.env, KILN_CACHE_DIR: place.cache },
    });
    assert.equal(built.status, 0, `${built.stdout}${built.stderr}`);
    const page = await open(path.join(place.folder, 'dist'));
    await page.waitForFunction("document.getElementById('out').textContent !== ''", null, { timeout: LONG });
    assert.equal(
      await page.textContent('#out'),
      '14|hello, page|c: 0|0,1,4|KilnError: lengths differ: 3 and 1|14|true|true|500|true|260|aaaaaaaaaabbbbbbbbbb',
      problems.join('\n'),
    );
  });

  test('the demo', { timeout: LONG }, async () => {
    const made = spawnSync(process.execPath, [path.join(ROOT, 'scripts', 'demo.mjs'), '--build'], {
      encoding: 'utf8',
      timeout: LONG,
      env: { ...process.env, KILN_CACHE_DIR: place.cache },
    });
    assert.equal(made.status, 0, made.stderr);
    const page = await open(path.join(ROOT, 'dist', 'demo'));
    for (const mode of ['mandelbrot', 'filter']) {
      await page.click(`#tab-${mode}`);
      // A few frames, and the same picture on both sides.
      await page.waitForFunction(
        'document.body.dataset.next = String(Number(document.body.dataset.frames) + 3)',
        null,
        {
          timeout: LONG,
        },
      );
      await page.waitForFunction('Number(document.body.dataset.frames) >= Number(document.body.dataset.next)', null, {
        timeout: LONG,
      });
      await page.waitForFunction('largestDifference() < 0.001', null, { timeout: LONG });
      assert.match((await page.textContent('#mojo .rate')) ?? '', /^\d/);
      assert.match((await page.textContent('#factor')) ?? '', /^\d+\.\d$/);
    }
    assert.match((await page.textContent('#how')) ?? '', /vectors, \d+ threads?$/);
    assert.deepEqual(problems, []);
  });

  test('the playground', { timeout: 2 * LONG }, async () => {
    const made = spawnSync(process.execPath, [path.join(ROOT, 'scripts', 'playground.mjs'), '--build'], {
      encoding: 'utf8',
      timeout: LONG,
    });
    assert.equal(made.status, 0, made.stderr);
    const page = await open(path.join(ROOT, 'dist', 'playground'));
    const idle = "!document.getElementById('run').disabled";
    const ended = (): Promise<unknown> => page.waitForFunction(idle, null, { timeout: LONG });
    await page.waitForFunction("document.getElementById('status').textContent.startsWith('ready')", null, {
      timeout: LONG,
    });
    await page.selectOption('#example', 'dot_product');
    for (const executor of ['interpreter', 'llvm']) {
      await page.selectOption('#executor', executor);
      await page.click('#run');
      await ended();
      assert.match((await page.textContent('#pane')) ?? '', /^Float32: 393199\.0\nInt8: +-17 /);
      assert.match((await page.textContent('#status')) ?? '', /^exit status 0/);
    }
    const shown: readonly (readonly [string, RegExp])[] = [
      ['mir', /^fn program\.Float32Scalar\.add/],
      ['llvm', /target triple = "wasm32/],
      ['wat', /^\(module/],
    ];
    for (const [tab, pattern] of shown) {
      await page.click(`[data-tab=${tab}]`);
      await page.waitForFunction("document.getElementById('pane').textContent !== '…'", null, { timeout: LONG });
      assert.match((await page.textContent('#pane')) ?? '', pattern);
    }
    // A mistake is marked, and running says why not.
    await page.click('.cm-content');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n    prnt(1)');
    await page.waitForFunction("document.querySelector('.cm-lint-marker-error') !== null", null, { timeout: LONG });
    await page.click('#run');
    await ended();
    assert.match((await page.textContent('#pane')) ?? '', /error\[M\d+\]: use of unknown declaration 'prnt'/);
    // A program that never ends, from the page's address, is stopped.
    const endless = deflateRawSync('def main():\n    while True:\n        pass\n').toString('base64url');
    const other = await open(path.join(ROOT, 'dist', 'playground'), `#code=${endless}`);
    await other.waitForFunction("document.getElementById('status').textContent.startsWith('ready')", null, {
      timeout: LONG,
    });
    await other.click('#run');
    await other.waitForFunction("document.getElementById('status').textContent.includes('running')", null, {
      timeout: LONG,
    });
    await other.click('#stop');
    await other.waitForFunction(idle, null, { timeout: LONG });
    assert.equal(await other.textContent('#status'), 'stopped');
    // A program of several files that reads others: the transformer talks.
    await page.selectOption('#example', 'llama');
    await page.click('#run');
    await ended();
    assert.match((await page.textContent('#status')) ?? '', /^exit status 0/);
    assert.match((await page.textContent('#pane')) ?? '', /[a-z]+ [a-z]+.*tokens\/s/s);
    // Threads print where the program does, in order.
    const threads = [
      'from std.algorithm import parallelize',
      'def main():',
      '    print("before")',
      '    def item(i: Int):',
      '        print("item")',
      '    parallelize(item, 20)',
      '    print("after")',
    ].join('\n');
    const third = await open(
      path.join(ROOT, 'dist', 'playground'),
      `#code=${deflateRawSync(threads).toString('base64url')}`,
    );
    await third.waitForFunction("document.getElementById('status').textContent.startsWith('ready')", null, {
      timeout: LONG,
    });
    await third.click('#run');
    await third.waitForFunction(idle, null, { timeout: LONG });
    assert.equal((await third.textContent('#pane'))?.trim(), `before\n${'item\n'.repeat(20)}after`);
    assert.deepEqual(problems, []);
  });
});
