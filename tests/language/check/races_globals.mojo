# Tasks and the variables of a file.
from algorithm import parallelize

var counter: Int = 0
var names: List[String] = List[String]()


fn bump(k: Int):
    counter += k


fn look() -> Int:
    return counter


fn main():
    var out = List[Int](0, 0, 0)

    @parameter
    fn through_a_call(i: Int):
        bump(i)  #~ error[M3032] "'counter'"

    @parameter
    fn itself(i: Int):
        names.append(String(i))  #~ error[M3032] "'names'"

    @parameter
    fn reads(i: Int):
        out[i] = look()

    parallelize[through_a_call](3)
    parallelize[itself](3)
    parallelize[reads](3)
