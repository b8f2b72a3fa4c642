"""A part of `std.documentation`, at the path of the file that defines it in the 1.x library."""
from std.documentation import doc_hidden
