"""The users that the operating system knows."""
from std.ffi.external import external_call
from std.io._system import _address, _text_at
from std.memory.memory import stack_allocation
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int


@__intrinsic("target.is_wasm")
def __is_wasm() -> Bool:
    ...


@fieldwise_init
struct Passwd(Copyable, Deinitable, Writable):
    """An entry of the user database."""

    var pw_name: String
    """The user's name."""
    var pw_passwd: String
    """The password as it is kept; usually `x`."""
    var pw_uid: Int
    """The user's number."""
    var pw_gid: Int
    """The number of the user's first group."""
    var pw_gecos: String
    """The full name, or what else is noted there."""
    var pw_dir: String
    """The home directory."""
    var pw_shell: String
    """The program that is started at login."""

    def write_to(self, mut writer: Some[Writer]):
        """Writes all fields."""
        writer.write(
            "pwd.struct_passwd(pw_name='", self.pw_name, "', pw_passwd='", self.pw_passwd, ", pw_uid=", self.pw_uid, ", pw_gid=", self.pw_gid,
            ", pw_gecos='", self.pw_gecos, "', pw_dir='", self.pw_dir, "', pw_shell='", self.pw_shell, "')",
        )


def _word_at(address: Int) -> Int:
    return __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](address)[]


def _entry_at(address: Int) -> Passwd:
    # struct passwd of the C library on Linux: five texts, and two 32-bit numbers behind the second.
    var numbers = _word_at(address + 16)
    return Passwd(
        pw_name=_text_at(_word_at(address)),
        pw_passwd=_text_at(_word_at(address + 8)),
        pw_uid=numbers & 0xFFFFFFFF,
        pw_gid=(numbers >> 32) & 0xFFFFFFFF,
        pw_gecos=_text_at(_word_at(address + 24)),
        pw_dir=_text_at(_word_at(address + 32)),
        pw_shell=_text_at(_word_at(address + 40)),
    )


def getpwuid(uid: Int) raises -> Passwd:
    """The user with a number; raises where there is none."""
    comptime assert not __is_wasm(), "a program for wasm knows no users"
    var found = external_call["getpwuid", Int](uid.cast[DType.uint32]())
    if found == 0:
        raise Error("user ID not found in the password database: ", uid)
    return _entry_at(found)


def getpwnam(var name: String) raises -> Passwd:
    """The user with a name; raises where there is none."""
    comptime assert not __is_wasm(), "a program for wasm knows no users"
    var found = external_call["getpwnam", Int](_address(name))
    if found == 0:
        raise Error("user name not found in the password database: ", name)
    return _entry_at(found)
