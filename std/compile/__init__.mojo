"""What became of a function: its code in the form of a stage. Not supported yet."""


def compile_info[*, emission_kind: StaticString = "asm"]():
    """The code of a function."""
    comptime assert False, "compile_info: not supported yet; the command line has '--emit asm' and '--emit llvm'"
