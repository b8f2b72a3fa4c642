from std.io.file import FileHandle
from std.logger import Level, Logger
from std.os import listdir, lstat, makedirs, mkdir, remove, rmdir, stat, symlink, unlink, getenv, setenv, unsetenv, getuid
from std.os.path import (
    basename, dirname, exists, expanduser, getsize, is_absolute, isdir, isfile, islink, join, lexists, realpath, split, split_extension, splitroot,
)
from std.pathlib import Path, cwd
from std.stat import S_ISDIR, S_ISREG
from std.tempfile import NamedTemporaryFile, TemporaryDirectory, gettempdir, mkdtemp
from std.time import monotonic, perf_counter_ns, sleep


def files(folder: String) raises:
    var name = join(folder, "a.txt")
    with open(name, "w") as f:
        f.write("line 1\n", 2, " two\n")
        f.write("last")
    with open(name, "r") as f:
        print(f.read(6), f.read(1) == "\n", f.read(5))
        _ = f.seek(0)
        print(len(f.read_bytes()))
    with open(name, "a") as f:
        f.write("\nmore")
    print(Path(name).read_text().splitlines())
    print(exists(name), isfile(name), isdir(folder), isfile(folder), getsize(name), basename(name))
    print(S_ISREG(stat(name).st_mode), S_ISDIR(stat(folder).st_mode), stat(name).st_size)
    try:
        with open(join(folder, "none"), "r") as f:
            print(f.read())
    except e:
        print("none:", "No such file" in String(e) or "not found" in String(e) or "unable" in String(e))
    symlink(name, join(folder, "link"))
    print(islink(join(folder, "link")), lexists(join(folder, "link")), lstat(join(folder, "link")).st_size > 0)
    makedirs(join(folder, "x", "y"))
    mkdir(join(folder, "z"))
    var names = listdir(folder)
    sort(names)
    print(names)
    rmdir(join(folder, "z"))
    unlink(join(folder, "link"))
    remove(name)
    print(exists(name), isdir(join(folder, "z")), isdir(join(folder, "x", "y")))


def paths(folder: String) raises:
    var path = Path(folder) / "b.tar.gz"
    path.write_text("via path")
    print(path.read_text(), path.exists(), path.is_file(), path.is_dir(), path.name(), path.suffix(), path.stat().st_size)
    path.write_bytes([UInt8(1), 2, 3])
    print(path.read_bytes(), Path("a").joinpath("b", "c"), Path("/x") / "y" == Path("/x/y"), Path("/usr/lib/x").parts())
    print(len(Path(folder).listdir()), is_absolute(String(cwd())))
    print(join("a", "b", "c"), join("a/", "b"), join("a", "/b"), dirname("/x/y/z"), basename("/x/y/"), split("/a/b.c")[1])
    print(split_extension("/a/b.tar.gz")[1], split_extension("none")[1] == "", splitroot("//x/y")[1])
    print(expanduser("~/x").endswith("/x"), is_absolute("/x"), is_absolute("x"))


def temporary() raises:
    var kept = String()
    with TemporaryDirectory() as folder:
        kept = folder
        print(isdir(folder))
        files(folder)
        paths(folder)
    print(exists(kept))
    with NamedTemporaryFile(mode="rw") as file:
        file.write("abc")
        _ = file.seek(0)
        print(file.read())
    print(gettempdir() is None)


def process() raises:
    _ = setenv("KILN_TEST_NAME", "value")
    print(getenv("KILN_TEST_NAME"), getenv("KILN_TEST_NONE", "default"))
    _ = unsetenv("KILN_TEST_NAME")
    print(getenv("KILN_TEST_NAME") == "")
    var start = perf_counter_ns()
    sleep(0.001)
    print(perf_counter_ns() - start >= 1_000_000, monotonic() > 0)


def main() raises:
    temporary()
    process()
    var log = Logger[Level.INFO](prefix="> ")
    log.info("informed", 1)
    log.debug("not shown")
