/** The page: draws the same picture with Mojo and with JavaScript, one after the other in each frame, and says how long both took. */
import { filter, kiln, mandelbrot, processors } from './kernels.mojo';
import * as plain from './plain.ts';
import { drawScene } from './scene.ts';

type Mode = 'mandelbrot' | 'filter';

function element<T extends HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

/** One half of the page. */
class Side {
  readonly context: CanvasRenderingContext2D;
  readonly image: ImageData;
  private readonly figure: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  /** Milliseconds of a frame, smoothed. */
  milliseconds = 0;

  constructor(name: string) {
    this.figure = element(`#${name}`);
    this.canvas = element(`#${name} canvas`);
    const context = this.canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    this.context = context;
    this.image = context.createImageData(this.canvas.width, this.canvas.height);
  }

  measure(draw: () => void): void {
    const started = performance.now();
    draw();
    const taken = performance.now() - started;
    this.milliseconds = this.milliseconds === 0 ? taken : this.milliseconds * 0.85 + taken * 0.15;
    this.context.putImageData(this.image, 0, 0);
  }

  show(longest: number): void {
    const rate = 1000 / this.milliseconds;
    this.find('.rate').textContent = rate < 10 ? rate.toFixed(1) : rate.toFixed(0);
    this.find('.time').textContent = `${this.milliseconds.toFixed(2)} ms for a frame`;
    this.find('.bar div').style.width = `${(100 * this.milliseconds) / longest}%`;
  }

  private find(selector: string): HTMLElement {
    const found = this.figure.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(selector);
    return found;
  }
}

const mojo = new Side('mojo');
const javascript = new Side('plain');
const { width, height } = mojo.image;

/** In the module's memory: the kernels see these without a copy. */
const pixels = kiln.alloc(Uint32Array, width * height);
const source = kiln.alloc(Uint8Array, width * height * 4);
const target = kiln.alloc(Uint8Array, width * height * 4);
const palette = kiln.alloc(Uint32Array, 2048);
const plainPalette = new Uint32Array(2048);

for (let i = 0; i < plainPalette.length; i++) {
  const t = (2 * Math.PI * i) / plainPalette.length;
  const channel = (phase: number, floor: number): number =>
    Math.round(255 * (floor + (1 - floor) * (0.5 + 0.5 * Math.cos(t * 2 + phase))));
  plainPalette[i] = 0xff000000 | (channel(3.4, 0.05) << 16) | (channel(4.3, 0.02) << 8) | channel(5.4, 0.02);
}
palette.array.set(plainPalette);

const scene = new OffscreenCanvas(width, height);
const sceneContext = scene.getContext('2d', { willReadFrequently: true });

const view = { x: -0.743643, y: 0.131826, zoom: 1 };
let mode: Mode = 'mandelbrot';
let running = true;
let time = 0;

const threads = element<HTMLInputElement>('#threads');
const value = (selector: string): number => Number(element<HTMLInputElement>(selector).value);

function drawMandelbrot(): void {
  const step = 3.2 / width / view.zoom;
  const left = view.x - (step * width) / 2;
  const top = view.y - (step * height) / 2;
  const limit = value('#limit');
  mojo.measure(() => {
    mandelbrot(pixels, width, palette, left, top, step, limit, threads.checked);
    // A page cannot show shared memory: one copy.
    new Uint32Array(mojo.image.data.buffer).set(pixels.array);
  });
  javascript.measure(() => {
    plain.mandelbrot(new Uint32Array(javascript.image.data.buffer), width, plainPalette, left, top, step, limit);
  });
}

function gaussian(radius: number): Float32Array {
  const weights = new Float32Array(2 * radius + 1).map((_, i) => Math.exp(-(((i - radius) / radius) ** 2) * 2));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

function drawFilter(): void {
  if (sceneContext === null) return;
  drawScene(sceneContext, time);
  const picture = sceneContext.getImageData(0, 0, width, height).data;
  const weights = gaussian(value('#radius'));
  const amount = value('#amount');
  mojo.measure(() => {
    source.array.set(picture);
    filter(source, target, width, weights, amount, threads.checked);
    mojo.image.data.set(target.array);
  });
  javascript.measure(() => plain.filter(picture, javascript.image.data, width, weights, amount));
}

function frame(): void {
  if (running) time++;
  if (mode === 'mandelbrot') {
    // In and out again, unless somebody steers.
    if (running) view.zoom = Math.exp(3.6 - 3.6 * Math.cos(time / 160));
    drawMandelbrot();
  } else drawFilter();
  const longest = Math.max(mojo.milliseconds, javascript.milliseconds);
  mojo.show(longest);
  javascript.show(longest);
  element('#factor').textContent = (javascript.milliseconds / mojo.milliseconds).toFixed(1);
  const count = threads.checked ? processors() : 1;
  element('#how').textContent = `WebAssembly, vectors, ${count} ${count === 1 ? 'thread' : 'threads'}`;
  document.body.dataset['frames'] = String(time);
  requestAnimationFrame(frame);
}

function choose(next: Mode): void {
  mode = next;
  document.body.dataset['mode'] = next;
  for (const side of [mojo, javascript]) side.milliseconds = 0;
  for (const name of ['mandelbrot', 'filter'])
    element(`#tab-${name}`).setAttribute('aria-selected', String(name === next));
}

function setRunning(next: boolean): void {
  running = next;
  element('#pause').textContent = next ? 'Pause' : 'Continue';
}

element('#tab-mandelbrot').addEventListener('click', () => choose('mandelbrot'));
element('#tab-filter').addEventListener('click', () => choose('filter'));
element('#pause').addEventListener('click', () => setRunning(!running));
threads.addEventListener('change', () => choose(mode));

for (const canvas of document.querySelectorAll('canvas')) {
  canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons === 0 || mode !== 'mandelbrot') return;
    setRunning(false);
    const step = 3.2 / canvas.clientWidth / view.zoom;
    view.x -= event.movementX * step;
    view.y -= event.movementY * step;
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (mode !== 'mandelbrot') return;
      event.preventDefault();
      setRunning(false);
      const factor = Math.exp(-event.deltaY / 400);
      // The point under the pointer stays where it is.
      const step = 3.2 / canvas.clientWidth / view.zoom;
      view.x += (event.offsetX - canvas.clientWidth / 2) * step * (1 - 1 / factor);
      view.y += (event.offsetY - canvas.clientHeight / 2) * step * (1 - 1 / factor);
      view.zoom *= factor;
    },
    { passive: false },
  );
}

/** For the page's test: both halves show the same picture, up to the rounding of logarithms and sums. */
function largestDifference(): number {
  let differing = 0;
  for (const [i, byte] of mojo.image.data.entries())
    if (Math.abs(byte - (javascript.image.data[i] ?? 0)) > 8) differing++;
  return differing / mojo.image.data.length;
}
Object.assign(globalThis, { largestDifference });

choose('mandelbrot');
requestAnimationFrame(frame);
