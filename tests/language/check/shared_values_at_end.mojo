# test: check
# What destructors do to shared values: found when it is known where lives end, after all other checks of a function.
from std.memory import ArcPointer

comptime Log = ArcPointer[List[String]]


@fieldwise_init
struct Closing(Movable):
    var log: Log

    def __deinit__(deinit self):
        self.log[].append("closed")


@fieldwise_init
struct Printing(Movable):
    var log: Log

    def __deinit__(deinit self):
        print("closed", len(self.log[]))


def by_transfer(log: Log):
    var closing = Closing(log)
    var printing = Printing(log)
    ref first = log[][0]
    _ = printing^
    print(first)
    _ = closing^
    print(first)  #~ error[M3021] "use of invalidated interior reference 'log["shared"]["element"]'"


def by_itself(log: Log):
    var closing = Closing(log)
    ref first = log[][0]
    print(closing.log.count())
    print(first)  #~ error[M3021] "invalidated"


def in_container(log: Log):
    var closing: List[Closing] = [Closing(log)]
    ref first = log[][0]
    closing.clear()
    print(first)  #~ error[M3021] "invalidated"


def by_assignment(log: Log):
    var closing = Optional(Closing(log))
    ref first = log[][0]
    closing = None
    print(first)  #~ error[M3021] "invalidated"


def ends[T: Movable & Deinitable](var value: T, log: Log):
    ref first = log[][0]
    _ = value^
    print(first)


def where_it_is_decided(log: Log):
    ends(Printing(log), log)
    ends(Closing(log), log)  #~ error[M3027] "after the shared value"


def after_the_last_use(log: Log):
    var closing = Closing(log)
    for line in log[]:
        print(line)
    print(closing.log.count())
    print(len(log[]), log[][0])


def main():
    pass
