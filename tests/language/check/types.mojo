trait Shape:
    def area(self) -> Float64:
        ...


@fieldwise_init
struct Square(Shape):  #~ error[M2071] "'Square' does not implement all requirements for 'Shape'"
    var side: Float64


@fieldwise_init
struct Circle:
    var r: Float64


def total[T: Shape](a: T) -> Float64:
    return a.area() + a.perimeter()  #~ error[M2330] "'T' value has no attribute 'perimeter'"


# A comparison is a method of its left side: a literal there is an Int or a Float64, and stays one.
def literals_on_the_left[dtype: DType](x: Scalar[dtype], small: Int8, half: Float32, whole: Float64, n: Int):
    print(3 < x)  #~ error[M2351] "no matching method in call to '__lt__'"
    print(0 <= small <= 5)  #~ error[M2351] "no matching method in call to '__le__'"
    print(0.5 != half)  #~ error[M2351] "no matching method in call to '__ne__'"
    print(1 == whole)  #~ error[M2351] "no matching method in call to '__eq__'"
    print(0 <= n <= 5, 0.5 < whole <= 1, small < 3 <= n, 1 + small)


def take(x: Int):
    x = 3  #~ error[M2370] "expression must be mutable in assignment"


def grow(mut x: Int):
    x += 1


def main():
    take("no")  #~ error[M2350] "invalid call to 'take': value passed to 'x' cannot be converted from"
    grow(5)  #~ error[M2350] "invalid call to 'grow': value passed to mutable argument 'x'"
    _ = total(Circle(1.0))  #~ error[M2350] "invalid call to 'total': value passed to 'a' cannot be conve"
    var f = 1.5
    var i = 2
    print(f + i)  #~ error[M2350] "invalid call to '__add__': value passed to 'rhs' cannot be"
    if Circle(2.0):  #~ error[M2325] "'Circle' does not implement the '__bool__' method"
        pass
    var whole: Int = (1, 2.5)  #~ error[M2310] "cannot implicitly convert 'Tuple[Int, Float64]' value to 'Int'"
    grow((1, "a"))  #~ error[M2350] "from 'Tuple[Int, String]'"
    for part in (1, 2):  #~ error[M2325] "'Tuple[Int, Int]' does not implement the '__iter__' method"
        print(part, whole)
    # The arms of a ternary alone decide its type where it is an argument; a literal has fewer methods than what it becomes.
    var byte = UInt8(3)
    var bytes: List[UInt8] = [byte]
    bytes.append(1 if i > 2 else 0)  #~ error[M2350] "value passed to 'value' cannot be converted from 'Int' to 'UInt8'"
    print(byte ^ (1 if i > 2 else 0))  #~ error[M2350] "value passed to 'rhs' cannot be converted from 'Int' to 'UInt8'"
    bytes = [1 if i > 2 else 0]  #~ error[M2310] "cannot implicitly convert 'Int' value to 'UInt8'"
    byte = 1 if i > 2 else 0
    print("a-b".replace("-", " "))  #~ error[M2330] "'StringLiteral["a-b"]' value has no attribute 'replace'"
    print((3).cast[DType.int8]())  #~ error[M2330] "'IntLiteral[3]' value has no attribute 'cast'"


def takes_text(s: String):
    print(s)


def templates(n: Int) -> String:
    var s = String()
    s = t"{n}"  #~ error[M2310] "cannot implicitly convert 'TString'"
    s += t"{n}"  #~ error[M2350] "value passed to 'other' cannot be converted from 'TString'"
    takes_text(t"{n}")  #~ error[M2350] "value passed to 's' cannot be converted from 'TString'"
    var template = t"{n}"
    print(template == "1")  #~ error[M2325] "does not implement the '__eq__' method"
    return t"{n}"  #~ error[M2310] "cannot implicitly convert 'TString'"
