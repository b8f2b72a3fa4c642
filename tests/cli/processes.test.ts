/** What only a native program has: other processes, pipes, the users of the machine, libraries opened at run time. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeWorkplace, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

const PROGRAM = `from std.ffi import OwnedDLHandle, RTLD, c_int
from std.os import Pipe, Process
from std.pwd import getpwnam, getpwuid

def processes() raises:
    print("before")
    var echo = Process.run("/bin/echo", ["hello", "there"])
    var status = echo.wait()
    print(status.exit_code, status.term_signal, status.has_exited())
    var failing = Process.run("sh", ["-c", "exit 3"])
    print(failing.wait().exit_code.value())
    var sleeping = Process.run("sleep", ["10"])
    print(sleeping.poll().has_exited(), sleeping.kill())
    var end = sleeping.wait()
    print(end.exit_code, end.term_signal, sleeping.kill())
    try:
        var nothing = Process.run("/no/such", List[String]())
        print(nothing.wait().exit_code)
    except e:
        print(e)

def pipes() raises:
    var pipe = Pipe()
    pipe.write_bytes("hello".as_bytes())
    var buffer = List[UInt8](length=10, fill=0)
    print(pipe.read_bytes(Span(buffer)), buffer[0], Bool(pipe.fd_in), Bool(pipe.fd_out))
    pipe.set_input_only()
    try:
        pipe.write_bytes("x".as_bytes())
    except e:
        print(e)

def users() raises:
    var root = getpwuid(0)
    print(root.pw_name, root.pw_uid, root.pw_gid, getpwnam("root").pw_uid)
    try:
        print(getpwnam("no such user").pw_name)
    except e:
        print(e)

def libraries() raises:
    var library = OwnedDLHandle("libm.so.6")
    var cos = library.get_function[Float64]("cos")
    print(cos(Float64(0.0)), library.call["sqrt", Float64](Float64(16.0)))
    print(library.check_symbol("cos"), library.check_symbol("nonsense"))
    try:
        print(OwnedDLHandle("libnope.so").check_symbol("x"))
    except e:
        print(e)
    var c = OwnedDLHandle("libc.so.6", RTLD.NOW)
    print(c.call["abs", c_int](c_int(-3)), c.get_symbol[Int]("nothing_here") is None, Bool(c.get_symbol[Int]("environ")))

def main() raises:
    processes()
    pipes()
    users()
    libraries()
`;

const OUTPUT = `before
hello there
0 None True
3
False True
None 9 False
Failed to execute /no/such, EINT error code: 2
5 104 True True
Can not write from read only side of pipe
root 0 0 0
user name not found in the password database: no such user
1.0 4.0
True False
dlopen failed: libnope.so: cannot open shared object file: No such file or directory
3 True True
`;

test('processes, pipes, users and libraries', () => {
  place.write('native.mojo', PROGRAM);
  const { status, stdout, stderr } = place.kiln(['run', '--backend', 'native', 'native.mojo']);
  assert.equal(stderr, '');
  assert.deepEqual([status, stdout], [0, OUTPUT]);
});

test('a program for wasm is told what it cannot do', () => {
  place.write(
    'wasm.mojo',
    'from std.os import Process\n\ndef main() raises:\n    _ = Process.run("ls", List[String]())\n',
  );
  const { status, stderr } = place.kiln(['run', '--backend', 'wasm', 'wasm.mojo']);
  assert.equal(status, 1);
  assert.match(stderr, /a program for wasm cannot start other programs/);
});
