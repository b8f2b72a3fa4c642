"""Containers."""
from std.collections.list import List
from std.collections.bounds import check_bounds
from std.collections.optional import Optional, OptionalReg
from std.collections.array import Array
from std.collections.dict import Dict
from std.collections.set import Set
from std.collections.deque import Deque
from std.collections.counter import Counter
from std.collections.linked_list import LinkedList
from std.collections.binary_heap import BinaryHeap
from std.collections.bitset import BitSet
from std.collections.string_dict import StringDict
from std.memory.span import ImmSpan, MutSpan, Span
from std.builtin.traits import KeyElement
