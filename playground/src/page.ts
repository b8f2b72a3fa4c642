/** The page: editor on the left, results on the right. Nothing is sent anywhere: compiler and program run in workers. */
import { createEditor } from './editor.ts';
import type { Answer, Executor, Mark, Output, Request, TextTab } from './protocol.ts';
import { decodeProgram, encodeProgram } from './url-state.ts';

/** A program that runs longer is stopped; compiling it does not count. */
const LONGEST_MS = 60_000;

const element = <E extends HTMLElement>(id: string): E => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page lacks #${id}`);
  return found as E;
};
const pane = element('pane');
const status = element('status');
const run = element<HTMLButtonElement>('run');
const stop = element<HTMLButtonElement>('stop');
const example = element<HTMLSelectElement>('example');
const executor = element<HTMLSelectElement>('executor');
const progress = element('progress');

// ---- the compiler

let compiler: Worker | null = null;
let nextId = 0;
const waiting = new Map<number, (answer: Answer) => void>();

function startCompiler(): Worker {
  const worker = new Worker(new URL('./compiler-worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<Answer>) => {
    const answer = event.data;
    if (answer.kind === 'progress') showProgress(answer.done, answer.total);
    else if (answer.kind === 'output' || answer.kind === 'ended') showOutput(answer);
    else {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    }
  });
  return worker;
}

/** Each request without its number. */
type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

function ask(request: Asked): Promise<Answer> {
  compiler ??= startCompiler();
  const id = nextId++;
  compiler.postMessage({ ...request, id });
  return new Promise((resolve) => waiting.set(id, resolve));
}

function showProgress(done: number, total: number): void {
  progress.hidden = done >= total;
  const [bar, text] = progress.children;
  if (bar instanceof HTMLElement) bar.style.width = `${(100 * done) / total}%`;
  if (text !== undefined)
    text.textContent = `loading LLVM, once: ${(done / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB`;
}

// ---- tabs

let tab: 'output' | TextTab = 'output';
const output: { text: string; isError: boolean }[] = [];

function selectTab(name: typeof tab): void {
  tab = name;
  for (const button of document.querySelectorAll<HTMLElement>('[data-tab]'))
    button.setAttribute('aria-selected', String(button.dataset['tab'] === name));
  if (name === 'output') drawOutput();
  else void showStage(name);
}

async function showStage(name: TextTab): Promise<void> {
  pane.textContent = '…';
  const answer = await ask({ kind: 'show', text: editor.text(), tab: name });
  if (tab !== name) return;
  if (answer.kind === 'failed') pane.textContent = answer.message;
  if (answer.kind === 'shown') pane.textContent = answer.text ?? answer.report;
}

function drawOutput(): void {
  pane.replaceChildren(
    ...output.map(({ text, isError }) => {
      const span = document.createElement('span');
      span.textContent = text;
      if (isError) span.className = 'err';
      return span;
    }),
  );
  pane.scrollTop = pane.scrollHeight;
}

function print(text: string, isError: boolean): void {
  const last = output.at(-1);
  if (last !== undefined && last.isError === isError) last.text += text;
  else output.push({ text, isError });
  if (tab === 'output') drawOutput();
}

// ---- running

let program: Worker | null = null;
let limit: ReturnType<typeof setTimeout> | null = null;

function showOutput(message: Output): void {
  if (message.kind === 'output') {
    print(message.text, message.descriptor === 2);
    return;
  }
  finish(`exit status ${message.status}, ${message.milliseconds.toFixed(0)} ms`);
}

function finish(text: string): void {
  program?.terminate();
  program = null;
  if (limit !== null) clearTimeout(limit);
  limit = null;
  run.disabled = false;
  stop.disabled = true;
  status.textContent = text;
}

/** What runs is ended; the interpreter runs inside the compiler's worker, which starts again. */
function stopProgram(why: string): void {
  if (program === null && executor.value === 'interpreter') {
    compiler?.terminate();
    compiler = null;
    waiting.clear();
  }
  finish(why);
}

async function runProgram(): Promise<void> {
  if (run.disabled) return;
  output.length = 0;
  selectTab('output');
  run.disabled = true;
  stop.disabled = false;
  const startClock = (): void => {
    limit = setTimeout(() => stopProgram(`stopped after ${LONGEST_MS / 1000} s`), LONGEST_MS);
  };
  const choice: Executor = executor.value === 'interpreter' ? 'interpreter' : 'llvm';
  if (choice === 'interpreter') {
    status.textContent = 'running in the interpreter …';
    startClock();
    const answer = await ask({ kind: 'interpret', text: editor.text() });
    if (answer.kind === 'failed') finish(answer.message);
    return;
  }
  status.textContent = 'compiling …';
  const answer = await ask({ kind: 'build', text: editor.text() });
  progress.hidden = true;
  if (stop.disabled) return;
  if (answer.kind === 'failed') {
    print(`${answer.message}\n`, true);
    finish('not run');
    return;
  }
  if (answer.kind !== 'built') return;
  if (answer.report !== '') print(answer.report, true);
  if (answer.module === null) {
    finish('not run');
    return;
  }
  status.textContent = `compiled in ${answer.milliseconds.toFixed(0)} ms, ${(answer.module.length / 1024).toFixed(0)} KB; running …`;
  program = new Worker(new URL('./program-worker.js', import.meta.url), { type: 'module' });
  program.addEventListener('message', (event: MessageEvent<Output>) => showOutput(event.data));
  program.addEventListener('error', (event) => finish(event.message));
  program.postMessage(answer.module);
  startClock();
}

// ---- the page

const editor = createEditor(element('editor'), {
  check: async (text): Promise<readonly Mark[]> => {
    const answer = await ask({ kind: 'check', text });
    return answer.kind === 'checked' ? answer.marks : [];
  },
  changed: () => {
    if (tab !== 'output') selectTab('output');
  },
  run: () => void runProgram(),
});

run.addEventListener('click', () => void runProgram());
stop.addEventListener('click', () => stopProgram('stopped'));
for (const button of document.querySelectorAll<HTMLElement>('[data-tab]'))
  button.addEventListener('click', () => selectTab((button.dataset['tab'] ?? 'output') as typeof tab));
element('share').addEventListener('click', async () => {
  location.hash = await encodeProgram(editor.text());
  await navigator.clipboard?.writeText(location.href).catch(() => {});
  status.textContent = 'the address of this page now holds the program';
});

const examples = (await (await fetch(new URL('./examples.json', import.meta.url))).json()) as Record<string, string>;
for (const name of Object.keys(examples)) example.add(new Option(name.replaceAll('_', ' '), name));
example.addEventListener('change', () => editor.setText(examples[example.value] ?? ''));
editor.setText((await decodeProgram(location.hash)) ?? Object.values(examples)[0] ?? '');
status.textContent = 'ready: Run, or Ctrl+Enter';
