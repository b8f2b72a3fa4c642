/** Glue as wasm-bindgen writes it, by hand, over the machine code of the module that Kiln built: no checks of types, each array and text
 *  copied through the module's allocator. */
import fs from 'node:fs';

export async function openGlue(file) {
  const module = await WebAssembly.compile(fs.readFileSync(file));
  const functions = [];
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => 0;
  }
  imports.kiln = {
    ...imports.kiln,
    call: (id) => {
      const slots = new Float64Array(wasm.memory.buffer, callbackSlots, 1);
      slots[0] = functions[id](slots[0]);
      return 0;
    },
  };
  const wasm = (await WebAssembly.instantiate(module, imports)).exports;
  const callbackSlots = wasm.kiln_alloc(8 * 64);
  const slots = wasm.kiln_alloc(24);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let bytes = new Uint8Array(wasm.memory.buffer);
  let floats = new Float32Array(wasm.memory.buffer);
  const memory = () => {
    if (bytes.byteLength === 0) {
      bytes = new Uint8Array(wasm.memory.buffer);
      floats = new Float32Array(wasm.memory.buffer);
    }
    return bytes;
  };
  const passFloats = (array) => {
    const address = wasm.kiln_alloc(array.length * 4);
    memory();
    floats.set(array, address / 4);
    return address;
  };
  return {
    add: (a, b) => wasm.kiln_add(a, b),
    dot(a, b) {
      const p = passFloats(a);
      const q = passFloats(b);
      try {
        return wasm.kiln_dot(p, a.length, q, b.length);
      } finally {
        wasm.kiln_free(p);
        wasm.kiln_free(q);
      }
    },
    greet(name) {
      const address = wasm.kiln_alloc(name.length * 3);
      const { written } = encoder.encodeInto(name, memory().subarray(address, address + name.length * 3));
      wasm.kiln_greet(address, written, slots);
      wasm.kiln_free(address);
      const [owner, start, length] = new Float64Array(memory().buffer, slots, 3);
      const text = decoder.decode(memory().subarray(start, start + length));
      wasm.kiln_drop_text(owner);
      return text;
    },
    apply(f, x) {
      const id = functions.push(f) - 1;
      try {
        return wasm.kiln_apply(id, callbackSlots, 0, x);
      } finally {
        functions.length = id;
      }
    },
  };
}
