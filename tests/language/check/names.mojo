from std.sys import size_of


struct Holder[T: NoSuchTrait]:  #~ error[M2300] "use of unknown declaration 'NoSuchTrait'"
    pass


def main():
    var count = 3
    print(coutn)  #~ error[M2300] "use of unknown declaration 'coutn'"
    var x: Int = "text"  #~ error[M2310] "cannot implicitly convert"
    y = 5  #~ error[M2301] "implicit declaration of 'y' is not allowed; add 'var' to dec"
    cuont = 4  #~ error[M2301] "implicit declaration of 'cuont' is not allowed"
    count.missing()  #~ error[M2330] "'Int' value has no attribute 'missing'"
    print(len(5.0, 2))  #~ error[M2351] "no matching function in call to 'len'"
    # One mistake, one message: an unknown type does not make a call ambiguous, nor a bound with a mistake every use wrong.
    print(size_of[Undefined]())  #~ error[M2300] "use of unknown declaration 'Undefined'"
    print(size_of[Holder[Int]]())
