# A derived method needs the trait of every field; the struct that wants it is reported where the method is first needed.
@fieldwise_init
struct Opaque(Copyable):
    var n: Int


@fieldwise_init
struct Pair(Equatable):  #~ error[M2081] "could not derive 'Equatable' for 'Pair': member field 'b: Opaque' does not implement"
    var a: Int
    var b: Opaque


def main():
    print(Pair(1, Opaque(2)) == Pair(1, Opaque(2)))
