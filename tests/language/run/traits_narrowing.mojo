# conforms_to narrowing, where-complement overloads, trait on pack elements.
trait Priced:
    def price(self) -> Int:
        ...


trait Heavy:
    def weight(self) -> Int:
        ...


@fieldwise_init
struct Apple(Copyable, Priced):
    def price(self) -> Int:
        return 3


@fieldwise_init
struct Brick(Copyable, Heavy, Priced):
    var w: Int

    def price(self) -> Int:
        return 1

    def weight(self) -> Int:
        return self.w


@fieldwise_init
struct Dust(Copyable):
    pass


def cost[T: AnyType](x: T) -> Int:
    comptime if conforms_to(T, Priced & Heavy):
        return x.price() * 100 + x.weight()
    elif conforms_to(T, Priced):
        return x.price()
    else:
        return -1


def kind[T: AnyType](x: T) -> String where conforms_to(T, Heavy):
    return String("heavy ", x.weight())


def kind[T: AnyType](x: T) -> String where not conforms_to(T, Heavy):
    return "light"


def total[*Ts: AnyType](*xs: *Ts) -> Int:
    var t = 0
    comptime for i in range(xs.__len__()):
        comptime if conforms_to(Ts[i], Priced):
            t += xs[i].price()
    return t


struct Cart[T: Copyable & Deinitable]:
    var items: List[Self.T]

    def __init__(out self, var *items: Self.T):
        self.items = []
        for x in items:
            self.items.append(x.copy())

    def sum(self) -> Int where conforms_to(Self.T, Priced):
        var t = 0
        for x in self.items:
            t += x.price()
        return t

    def report(self):
        comptime if conforms_to(Self.T, Priced):
            print("cart worth", self.sum())
        else:
            print("cart of", len(self.items))


def main():
    print(cost(Apple()), cost(Brick(7)), cost(Dust()), cost(5))
    print(kind(Apple()), kind(Brick(9)))
    print(total(Apple(), Dust(), Brick(2), 4))
    print(Cart(Apple(), Apple()).sum())
    Cart(Brick(1)).report()
    Cart(Dust(), Dust(), Dust()).report()


# output:
#   3 107 -1 -1
#   light heavy 9
#   4
#   6
#   cart worth 1
#   cart of 3
