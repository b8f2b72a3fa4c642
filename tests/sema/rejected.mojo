# Each line that must be rejected says so: code and how its message begins. Nothing else may be reported.
from std.collections import Set
trait Shape(Copyable, Deinitable):
    comptime K: Writable
    def area(self) -> Int: ...
    @staticmethod
    def mk() -> Self: ...
@fieldwise_init
struct Sq(Shape):
    comptime K = Int
    var s: Int
    def area(self) -> Int: return self.s
    @staticmethod
    def mk() -> Self: return Self(1)
    def grow(mut self): self.s += 1
@fieldwise_init
struct Op(Movable, Deinitable):
    var q: Int
struct Vec[n: Int](Copyable, Deinitable):
    var x: Int
    def __init__(out self): self.x = Self.n
    def only(self) where Self.n > 2: pass
    def __getitem__(self, i: Int) -> Int: return i
def need[n: Int](v: Vec[n]) where n > 2: pass
def g1[T: AnyType](x: T): print(x)  #~ M2350 invalid call to 'print': an element of 'values' with type 'T' does not conform to trait 'W
def g2[T: Shape](x: T): x.foo()  #~ M2330 'T' value has no attribute 'foo'
def g3[T: Shape](x: T) -> Int: return x.area(1)  #~ M2350 invalid call to 'area': unexpected argument
def g4[T: Copyable](x: T) -> T: return x  #~ M2311 value of type 'T' cannot be implicitly copied, it does not conform to 'ImplicitlyCopyable'
def g5[T: Shape](x: T):
    var y: Int = x  #~ M2310 cannot implicitly convert 'T' value to 'Int'
def g6[T: Shape](): T.nope()  #~ M2330 'T' value has no attribute 'nope'
def g7[n: Int](v: Vec[n]): need(v)  #~ M2350 invalid call to 'need': lacking evidence to prove correctness
def g8[T: Shape](x: T): x.grow()  #~ M2330 'T' value has no attribute 'grow'
def g9[T: AnyType](x: T):
    comptime if conforms_to(T, Writable):
        print(x)
    else:
        print(x)  #~ M2350 invalid call to 'print': an element of 'values' with type 'T' does not conform to trait 'W
def m1(x: Int): x = 3  #~ M2370 expression must be mutable in assignment
def m2(x: Sq): x.s = 3  #~ M2370 expression must be mutable in assignment
def m3(x: Sq): x.grow()  #~ M2350 invalid call to 'grow': invalid use of mutating method on rvalue of type 'Sq'
def m4(mut x: Int): m5(x)
def m5(mut x: Int): pass
def m6(x: Int): m5(x)  #~ M2350 invalid call to 'm5': value passed to mutable argument 'x' must be mutable
def o1(a: Int, b: String): pass
def o1(a: String, b: Int): pass
def r1() raises -> Int: return 1
def r2() raises Sq -> Int: raise Sq(1)
def r3() raises:
    _ = r2()  #~ M2355 cannot call function that may raise 'Sq' in context that supports an error type of 'Error'
def r4():
    try:
        _ = r1()
        _ = r2()  #~ M2355 cannot call function that may raise 'Sq' in context that supports an error type of 'Error'
    except e:
        pass
def v1(*xs: Int): pass
def f1[F: def(Int) -> Int](f: F): pass
def f2(f: def(Int) thin -> Int): pass
def fi(x: Int) -> Int: return x
def fs(x: String) -> Int: return 1
def fv(var x: Int) -> Int: return x
def rr(ref l: List[Int]) -> ref[l] Int: return l[0]  #~ M2324 cannot return reference with incompatible origin
def rl() -> ref[ImmStaticOrigin] Int:
    var x = 1
    return x  #~ M2324 cannot return reference with incompatible origin
def ret1() -> Int: return "a"  #~ M2310 cannot implicitly convert 'StringLiteral["a"]' value to 'Int'
def ret2() -> String: return 1  #~ M2310 cannot implicitly convert 'IntLiteral[1]' value to 'String'
def ret3(): return 1  #~ M2310 cannot implicitly convert 'IntLiteral[1]' value to 'None' in return value
def ret4() -> Int: return  #~ M2310 cannot implicitly convert 'None' value to 'Int'
def t01():
    need(Vec[1]())  #~ M2350 invalid call to 'need': violated constraint
def t02():
    Vec[1]().only()  #~ M2350 invalid call to 'only': violated constraint
def t03():
    var x = Vec()  #~ M2351 no matching function in initialization
def t04():
    var x: Vec = 3  #~ M2310 cannot implicitly convert 'IntLiteral[3]' value to 'Vec[_]'
def t05():
    g1(Op(1))
def t06():
    o1(1, 1)  #~ M2351 no matching function in call to 'o1'
def t07():
    o1(1)  #~ M2351 no matching function in call to 'o1'
def t08():
    var q = Op(1)
    var w = q  #~ M2311 value of type 'Op' cannot be implicitly copied, it does not conform to 'ImplicitlyCopyable
def t09():
    var q = Op(1)
    _ = q.copy()  #~ M2330 'Op' value has no attribute 'copy'
def t10():
    v1(1, "a")  #~ M2350 invalid call to 'v1': value passed to 'xs' cannot be converted from 'StringLiteral["a"]' t
def t11():
    f1(fs)  #~ M2350 invalid call to 'f1': value passed to 'f' cannot be converted from 'def fs(x: String) thin
def t12():
    f1(fv)  #~ M2350 invalid call to 'f1': value passed to 'f' cannot be converted from 'def fv(var x: Int) thi
def t13():
    f2(fs)  #~ M2350 invalid call to 'f2': value passed to 'f' cannot be converted from 'def fs(x: String) thin
def t14():
    f1(3)  #~ M2350 invalid call to 'f1': value passed to 'f' cannot be converted from 'IntLiteral[3]' to 'F'
def t15():
    var k = 1
    def c(x: Int) {imm k} -> Int: return x + k
    f2(c)  #~ M2350 invalid call to 'f2': value passed to 'f' cannot be converted from 'def(x: Int) -> Int' to
def t16():
    var k = 1
    def c(x: Int) -> Int: return x + k  #~ M2374 Could not infer capture convention of the captured value k
def t17():
    var k = 1
    def c() {imm k}: k = 2  #~ M2370 expression must be mutable in assignment
def t18():
    var l: List[Int] = [1]
    var s: Set[Int] = l  #~ M2310 cannot implicitly convert 'List[Int]' value to 'Set[Int]'
def t19():
    var l: List[Int] = ["a"]  #~ M2310 cannot implicitly convert 'StringLiteral["a"]' value to 'Int'
def t20():
    var l: List[Int] = [1, 2.5]
def t21():
    var d: Dict[String, Int] = {"a": "b"}  #~ M2310 cannot implicitly convert 'StringLiteral["b"]' value to 'Int'
def t22():
    var t = (1, 2)
    print(t[5])  #~ M2397 tuple index 5 is out of range for a tuple of 2 elements
def t23():
    var t = (1, 2)
    var i = 1
    print(t[i])  #~ M2345 cannot use a dynamic value in a parameter list
def t24():
    for x in (1, 2): pass  #~ M2325 'Tuple[Int, Int]' does not implement the '__iter__' method
def t25():
    var (a, b) = (1, 2, 3)  #~ M2450 cannot declare 'a' without a contextual type from its initializer
def t26():
    comptime x = [1, 2]
    x.append(3)  #~ M2330 'Array[Int, Int(2)]' value has no attribute 'append'
def t27():
    comptime n = 3
    n += 1  #~ M2370 expression must be mutable for in-place operator destination
def t28():
    var n = 3
    var a: Array[Int, n]  #~ M2345 cannot use a dynamic value in a parameter list
def t29():
    var x = r1()  #~ M2354 cannot call function that may raise in a context that cannot raise
def t30():
    comptime y = r1()  #~ M2354 cannot call raising function in comptime initializer
def t31():
    var s = "abc"
    s[0] = "x"  #~ M2327 String does not support direct positional indexing like `s[i]`: a position could count UTF
def t32():
    var l: List[Int] = [1]
    l[0:1] = l  #~ M2370 expression must be mutable in assignment
def t33():
    var l: List[Int] = [1]
    print(l[-1])  #~ M2396 index -1 is negative; negative indexing is not supported
def t34():
    Sq.area()  #~ M2350 invalid call to 'area': missing required argument: 'self'
def t35():
    print(Sq(1).s.t)  #~ M2330 'Int' value has no attribute 't'
def t36():
    Sq(1).s = 3  #~ M2370 expression must be mutable in assignment
def t37():
    fi(1) = 3  #~ M2370 expression must be mutable in assignment
def t38():
    var x: Sq = Sq  #~ M2310 cannot implicitly convert 'Sq' type as a value to an instance of 'Sq'; did you mean to ins
def t39():
    var x = Int  #~ M2315 dynamic type values not permitted yet; try creating a 'comptime' instead of a 'var'
def t40():
    print(undefined_fn(3))  #~ M2300 use of unknown declaration 'undefined_fn'
def t41():
    var x: Unknown  #~ M2300 use of unknown declaration 'Unknown'
def t42():
    var x: List[Unknown]  #~ M2300 use of unknown declaration 'Unknown'
def t43():
    var x: List[3]  #~ M2340 'List' parameter 'T' has 'Movable' type, but value has type 'IntLiteral[3]'
def t44():
    var x: Int[3]  #~ M2340 unexpected parameter
def t45():
    var x = 3
    x()  #~ M2353 'Int' does not implement the '__call__' method
def t46():
    var x: Float64 = 3
    var y: Int = x  #~ M2310 cannot implicitly convert 'Float64' value to 'Int'
def t47():
    var y: Int = True  #~ M2310 cannot implicitly convert 'Bool' value to 'Int'
def t48():
    if None: pass  #~ M2325 'None' does not implement the '__bool__' method
def t49():
    while "": pass
def t50():
    var x = not Op(1)  #~ M2325 'Op' does not implement the '__bool__' method
def t51():
    var x = Op(1) == Op(1)  #~ M2325 'Op' does not implement the '__eq__' method
def t52():
    var x = Op(1) < 3  #~ M2325 'Op' does not implement the '__lt__' method
def t53():
    var x = 1 if Op(1) else 2  #~ M2325 'Op' does not implement the '__bool__' method
def t54():
    raise "x"  #~ M2356 'raise' requires a surrounding 'try' block or the enclosing function to declare 'raises'
def t55():
    raise  #~ M2356 'raise' requires a surrounding 'try' block or the enclosing function to declare 'raises'
def t56():
    try:
        raise Op(1)
    except e:
        print(e.nope)  #~ M2330 'Op' value has no attribute 'nope'
def t57():
    var p = Pointer(to=3)
def t58():
    ref x = fi(1)  #~ M2323 value of type 'Int' doesn't have a memory origin in 'ref' binding
def t59():
    lambda (x: Int) -> Int: y  #~ M2300 use of unknown declaration 'y'
def t60():
    var f = lambda (x: Int) -> String: x  #~ M2310 cannot implicitly convert 'Int' value to 'String'
def t61():
    var x = 5
    match x:
        case "a": pass  #~ M2350 invalid call to '__eq__': value passed to 'rhs' cannot be converted from 'StringLiteral[
def t62():
    var x = 5
    match x:
        case (a, b): pass  #~ M2384 expected a tuple type to match against, got 'Int'
def t63():
    with Op(1): pass  #~ M2325 'Op' does not implement the '__enter__' method
def t64():
    var s = Sq(1)
    s.area = 3  #~ M2370 expression must be mutable in assignment
def t65():
    Sq.K = 3  #~ M2370 expression must be mutable in assignment
def t66():
    var a = [1, 2, 3]
    a.append(4)  #~ M2330 'Array[Int, Int(3)]' value has no attribute 'append'
def t67():
    var a = [1, 2, 3]
    var b = a  #~ M2311 value of type 'Array[Int, Int(3)]' cannot be implicitly copied, it does not conform to 'Im
def t68():
    var a = {}  #~ M2329 cannot emit initializer list without a contextual type
def t69():
    var x: Int = {}
def t70():
    fi(x=1, y=2)  #~ M2350 invalid call to 'fi': unexpected keyword argument 'y'
def t71():
    fi(1, x=1)  #~ M2350 invalid call to 'fi': unexpected keyword argument 'x'
def t72():
    print(1, sep=3)  #~ M2350 invalid call to 'print': value passed to 'sep' cannot be converted from 'IntLiteral[3]' to
def t73():
    Op()  #~ M2351 no matching function in initialization
def t74():
    Op("a")  #~ M2351 no matching function in initialization
def t75():
    Op(q=1, r=2)  #~ M2351 no matching function in initialization
def t76():
    var x = Vec["a"]()  #~ M2340 'Vec' parameter 'n' has 'Int' type, but value has type 'StringLiteral["a"]'
def t77():
    var x = Vec[n=1, m=2]()  #~ M2340 unexpected keyword parameter 'm'
def t78():
    comptime assert "a"  #~ M2310 cannot implicitly convert 'StringLiteral["a"]' value to 'Bool'
def t79():
    comptime if fi(3): pass  #~ M2310 cannot implicitly convert 'Int' value to 'Bool'
def t80():
    comptime for i in range(3): i = 2  #~ M2370 expression must be mutable in assignment
def main(): pass
