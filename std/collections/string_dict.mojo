"""`StringDict`: a dictionary with text as keys."""
from std.collections.dict import Dict
from std.collections.string import String

comptime StringDict = Dict[String, _]
