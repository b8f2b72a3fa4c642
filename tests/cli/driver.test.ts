/** The driver's own parts on files in memory: module search, recorded inputs, source decoding. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiagnosticSink } from '../../packages/compiler/src/diagnostics/sink.ts';
import { createMemoryHost, joinPaths, RecordingHost } from '../../packages/compiler/src/driver/host.ts';
import { createModuleSource } from '../../packages/compiler/src/driver/module-source.ts';
import { SourceSet } from '../../packages/compiler/src/driver/sources.ts';

function search(files: Readonly<Record<string, string>>, importPaths: readonly string[] = []) {
  const host = new RecordingHost(createMemoryHost(new Map(Object.entries(files))));
  const sink = new DiagnosticSink();
  const sources = new SourceSet(host);
  const modules = createModuleSource(host, sources, sink, { mainFolder: '/app', importPaths });
  const find = (name: string) => {
    const found = modules.readModule(name.split('.'));
    return found === null ? null : `${found.file.path}${found.isPackage ? ' (package)' : ''}`;
  };
  return { host, modules, find };
}

test('a module beside the main file, in an include path, in the library, in that order', () => {
  const { find } = search(
    {
      '/app/own.mojo': '',
      '/app/pack/__init__.mojo': '',
      '/app/pack/inner.🔥': '',
      '/inc/own.mojo': '',
      '/inc/extra.mojo': '',
      '/std/memory/__init__.mojo': '',
      '/std/math.mojo': '',
      '/app/math.mojo': '',
    },
    ['/inc'],
  );
  assert.equal(find('own'), '/app/own.mojo');
  assert.equal(find('extra'), '/inc/extra.mojo');
  assert.equal(find('pack'), '/app/pack/__init__.mojo (package)');
  assert.equal(find('pack.inner'), '/app/pack/inner.🔥');
  assert.equal(find('memory'), 'std/memory/__init__.mojo (package)');
  assert.equal(find('std.memory'), 'std/memory/__init__.mojo (package)');
  assert.equal(find('math'), '/app/math.mojo');
  assert.equal(find('std.math'), 'std/math.mojo');
  assert.equal(find('nothing'), null);
  assert.equal(find('pack.../../etc/passwd'), null);
});

test('what was looked for and not there is recorded', () => {
  const { host, find } = search({ '/inc/extra.mojo': '' }, ['/inc']);
  find('extra');
  const inputs = new Map(host.inputs().map((input) => [input.path, input.hash]));
  assert.equal(inputs.get('/app/extra.mojo'), null);
  assert.equal(inputs.get('/app/extra/__init__.mojo'), null);
  assert.equal(typeof inputs.get('/inc/extra.mojo'), 'string');
});

test('relative imports climb', () => {
  const { find, modules } = search({ '/lib.mojo': '', '/app/sub/x.mojo': '' });
  assert.equal(modules.readModule(['..', 'lib'])?.file.path, '/lib.mojo');
  assert.equal(modules.isDirectory(['sub']), true);
  assert.equal(modules.isDirectory(['other']), false);
  assert.equal(find('sub'), null);
});

test('paths are joined and normalized', () => {
  assert.equal(joinPaths('.', 'a.mojo'), 'a.mojo');
  assert.equal(joinPaths('a/b', '../c'), 'a/c');
  assert.equal(joinPaths('..', '../c'), '../../c');
  assert.equal(joinPaths('/a', '/b/./c'), '/b/c');
  assert.equal(joinPaths('.', '.'), '.');
});
