# What a pack may be forwarded to, and what may be asked of its elements.
def eat[*Ts: Movable & Deinitable](var *args: *Ts):
    pass


def look[*Ts: Writable](*args: *Ts):
    comptime for i in range(args.__len__()):
        print(args[i])


def count(*xs: Int) -> Int:
    return len(xs)


def copied[*Ts: Movable & Deinitable](var *args: *Ts):
    eat(*args)  #~ error[M2350] "cannot be implicitly copied"


def joined[*Ts: Writable](*args: *Ts):
    look("first", *args)  #~ error[M2350] "concatenating unpacked positional arguments is not supported"


def borrowed[*Ts: Movable & Deinitable](*args: *Ts):
    eat(*args)  #~ error[M2350] "cannot unpack a variadic pack into a call that requires a different ownership"


def owned[*Ts: Writable & Movable & Deinitable](var *args: *Ts):
    look(*args)  #~ error[M2350] "different ownership. Expected 'False', got 'True'"


def owned_list(var *xs: Int) -> Int:
    return count(*xs)  #~ error[M2350] "different ownership"


def no_bound[*Ts: AnyType](*xs: *Ts):
    comptime for i in range(xs.__len__()):
        print(xs[i])  #~ error[M2350] "does not conform to trait 'Writable'"


def by_run_time_index[*Ts: Writable](*xs: *Ts):
    var i = 0
    print(xs[i])  #~ error[M2345] "cannot use a dynamic value in a parameter list"


struct Silent:
    def __init__(out self):
        pass


def main():
    look(1, Silent())  #~ error[M2350] "does not conform to trait 'Writable'"
