"""The check of an index that the library's containers make, for those of others."""
from std.builtin.assertion import (
    _check_index, _fail_at, __location_column, __location_file_length, __location_file_pointer, __location_line,
)
from std.reflection.location import SourceLocation


@always_inline
@__call_location
def check_bounds[I: Indexer, //, cpu_default: Bool = True](idx: I, size: Int, location: Optional[SourceLocation] = None):
    """Ends the program at `location`, or at the place of the call, unless `0 <= idx < size`."""
    var position = idx.__index__()
    if location and UInt(position) >= UInt(size):
        _fail_at("assert", location.value(), String("index ", position, " is out of bounds, valid range is 0 to ", size - 1))
    _check_index(position, size)
